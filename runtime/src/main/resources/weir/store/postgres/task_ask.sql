-- task_ask: once a task. $1 id $2 org $3 run $4 path $5 question $6 role $7 person $8 until, µs since 1970, or null
INSERT INTO weir.tasks (id, org, run, path, question, role, person, until)
VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::bigint / 1e6)) ON CONFLICT (id) DO NOTHING
