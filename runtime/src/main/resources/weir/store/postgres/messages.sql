-- messages: what each of these runs was told beyond a number, in order.
-- $1 run[] $2 number[]
SELECT i.run, i.n, i.kind, i.data
FROM unnest($1::uuid[], $2::int[]) x(run, n) JOIN weir.inbox i ON i.run = x.run AND i.n > x.n
ORDER BY i.run, i.n
