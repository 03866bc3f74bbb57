-- event_listen: a turn that is over does not come back. $1 run $2 path $3 org $4 event $5 turn
INSERT INTO weir.waits AS w (run, path, org, event, turn) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (run, path) DO UPDATE SET event = excluded.event, turn = excluded.turn WHERE w.turn <= excluded.turn
