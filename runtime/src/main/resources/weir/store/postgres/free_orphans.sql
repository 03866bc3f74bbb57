-- free_orphans: runs of workers that are no longer known are due at once. A scan of live, so not for every second.
-- Those at the gate (-1) belong to no worker. Their epoch grows with the next claim; what their old owner still sends is refused by owner already.
WITH orphans AS (
    SELECT id FROM weir.live WHERE owner NOT IN (0, -1) AND NOT EXISTS (SELECT FROM weir.workers WHERE incarnation = owner)
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE weir.live l SET owner = 0, state = 0, wake_at = now()
FROM orphans WHERE l.id = orphans.id AND l.owner NOT IN (0, -1) AND NOT EXISTS (SELECT FROM weir.workers WHERE incarnation = l.owner)
