-- step_take: a key of `once per`, unless somebody else holds it. $1 org $2 workflow $3 node $4 key $5 holder $6 milliseconds
-- Returns a row when it is the holder's.
INSERT INTO weir.step_keys AS k (org, workflow, node, key, holder, until)
VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond')
ON CONFLICT (org, workflow, node, key) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE k.until <= now() OR k.holder = excluded.holder
RETURNING 1
