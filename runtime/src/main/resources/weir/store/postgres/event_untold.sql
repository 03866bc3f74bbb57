-- event_untold: events of that name that somebody published before a position and may not have told yet.
-- $1 org $2 event $3 before this position $4 limit
SELECT e.position, e.payload FROM weir.events_untold u JOIN weir.events e ON e.org = u.org AND e.position = u.position
WHERE u.org = $1 AND u.event = $2 AND u.position < $3 ORDER BY e.position LIMIT $4
