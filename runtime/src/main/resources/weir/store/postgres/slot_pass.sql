-- slot_pass: a run that waits at the gate goes on without a turn, to be cancelled. $1 run
WITH l AS (UPDATE weir.live SET owner = 0, state = 0, wake_at = now() WHERE id = $1 AND owner = -1 RETURNING id)
DELETE FROM weir.slots s USING l WHERE s.run = l.id
