-- bury: forgets workers that have been silent, except the one that asks.
-- $1 me $2 milliseconds
DELETE FROM weir.workers WHERE incarnation <> $1 AND seen < now() - $2::bigint * interval '1 millisecond'
