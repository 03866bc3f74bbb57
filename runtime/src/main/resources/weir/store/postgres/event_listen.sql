-- event_listen: $1 run $2 path $3 org $4 event
INSERT INTO weir.waits (run, path, org, event) VALUES ($1, $2, $3, $4) ON CONFLICT (run, path) DO UPDATE SET event = excluded.event
