-- outbox_post: a letter from outside. $1 id $2 org $3 data
INSERT INTO weir.outbox (id, org, data) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING
