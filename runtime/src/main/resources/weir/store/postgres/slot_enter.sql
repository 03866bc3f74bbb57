-- slot_enter: a run wants a turn, once; a failed run that is to go on waits at the gate for it. $1 run $2 org $3 workflow $4 key
-- $5 at most $6 priority
WITH s AS (
    INSERT INTO weir.slots (run, org, workflow, key, most, priority)
    SELECT $1, $2, $3, $4, $5, $6 WHERE EXISTS (SELECT FROM weir.live WHERE id = $1) ON CONFLICT (run) DO NOTHING RETURNING run
)
UPDATE weir.live SET owner = -1 FROM s WHERE live.id = s.run AND live.owner = 0 AND live.state = 8
