-- once_winner: who took the keys that the others did not get; a statement of its own, to see what was committed meanwhile.
-- $1 asker[] $2 org[] $3 scope[] $4 key[]
SELECT x.asker, o.run, o.body
FROM unnest($1::uuid[], $2::int[], $3::int[], $4::bytea[]) x(asker, org, scope, key)
JOIN weir.once o ON o.org = x.org AND o.scope = x.scope AND o.key = x.key
