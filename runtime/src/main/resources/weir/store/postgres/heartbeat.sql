-- heartbeat: this worker lives.
-- $1 incarnation $2 name $3 runs it works on
INSERT INTO weir.workers (incarnation, name, seen, runs) VALUES ($1, $2, now(), $3)
ON CONFLICT (incarnation) DO UPDATE SET seen = now(), runs = excluded.runs
