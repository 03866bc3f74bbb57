-- slot_enter: a run at the gate wants its turn, once. One that is not at the gate has had it: nothing happens. The run's row is
-- locked before its slot's, as everywhere. A turn that it forgot to give back before it came to the gate again is none.
-- $1 run $2 org $3 workflow $4 key $5 at most $6 priority
WITH l AS (SELECT id FROM weir.live WHERE id = $1 AND owner = -1 FOR NO KEY UPDATE)
INSERT INTO weir.slots AS s (run, org, workflow, key, most, priority) SELECT id, $2, $3, $4, $5, $6 FROM l
ON CONFLICT (run) DO UPDATE SET held = false, most = excluded.most, priority = excluded.priority, since = clock_timestamp() WHERE s.held
