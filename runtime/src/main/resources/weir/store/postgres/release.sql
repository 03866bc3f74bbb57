-- release: lets go of runs of mine; they are due at a time for anybody. Waits for a flush of mine that is still under way.
-- $1 me $2 run[] $3 milliseconds until they are due
WITH mine AS (
    SELECT id FROM weir.live WHERE id = ANY ($2::uuid[]) AND owner = $1 ORDER BY id FOR NO KEY UPDATE
)
UPDATE weir.live l SET owner = 0, state = 0, wake_at = now() + $3::int * interval '1 millisecond'
FROM mine WHERE l.id = mine.id AND l.owner = $1
