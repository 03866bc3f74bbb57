-- event_since: $1 org $2 event $3 since, µs since 1970 $4 beyond this position $5 limit
SELECT position, payload FROM weir.events
WHERE org = $1 AND event = $2 AND position > $4 AND at >= to_timestamp($3 / 1e6) ORDER BY position LIMIT $5
