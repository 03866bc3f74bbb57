-- event_listeners: a page of those who wait. $1 org $2 event $3 and $4 the last one of the page before $5 limit
SELECT run, path FROM weir.waits WHERE org = $1 AND event = $2 AND (run, path) > ($3::uuid, $4::text) ORDER BY run, path LIMIT $5
