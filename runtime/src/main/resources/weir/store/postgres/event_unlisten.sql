-- event_unlisten: $1 run $2 path
DELETE FROM weir.waits WHERE run = $1 AND path = $2
