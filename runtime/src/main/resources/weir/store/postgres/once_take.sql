-- once_take: takes the keys that are free; waits for a transaction that is taking the same. DO NOTHING, because DO UPDATE would
-- abort a batch that holds a key twice. Sorted by key, so that two batches wait in one order.
-- $1 org[] $2 scope[] $3 key[] $4 run[] $5 µs[] $6 body[]
-- Returns the runs that took theirs.
INSERT INTO weir.once (org, scope, key, run, until, body)
SELECT org, scope, key, run, now() + within * interval '1 microsecond', body
FROM unnest($1::int[], $2::int[], $3::bytea[], $4::uuid[], $5::bigint[], $6::bytea[]) x(org, scope, key, run, within, body)
ON CONFLICT DO NOTHING
RETURNING run
