-- leave: this worker goes; what it still owns is due at once for others.
-- $1 me
WITH me AS (DELETE FROM weir.workers WHERE incarnation = $1)
UPDATE weir.live SET owner = 0, state = 0, wake_at = now() WHERE owner = $1
