-- claim: takes those of the runs that nobody owns, under a new epoch. Never waits: a row that is locked is somebody's.
-- The journal is read by another statement after this one: within this one it would be as old as its snapshot.
-- $1 me $2 run[] $3 by how much the epoch grows (see Worker)
WITH free AS (
    SELECT id FROM weir.live WHERE id = ANY ($2::uuid[]) AND owner = 0 ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE weir.live l SET owner = $1, epoch = l.epoch + $3, state = 1
FROM free WHERE l.id = free.id AND l.owner = 0
RETURNING l.id, l.org, l.workflow, l.version, l.epoch, l.head, l.inbox, l.taken
