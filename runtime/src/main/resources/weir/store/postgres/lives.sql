-- lives: whether a run has not ended.
-- $1 run
SELECT 1 FROM weir.live WHERE id = $1::uuid
