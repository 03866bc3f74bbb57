-- event_unlisten: what began in a later turn stays. $1 run $2 path $3 turn
DELETE FROM weir.waits WHERE run = $1 AND path = $2 AND turn <= $3
