-- event_publish: keeps an event, once an id, and notes that nobody was told yet. Positions are the order of commits: who comes second
-- waits for the organisation's row until the first has committed. Two at once with one id: one gets 23505 and finds the other's when
-- it tries again.
-- $1 org $2 id $3 event $4 payload
-- Returns its position.
WITH known AS (
    SELECT position FROM weir.events WHERE org = $1 AND id = $2
), p AS (
    INSERT INTO weir.event_positions AS e (org, last) SELECT $1, 1 WHERE NOT EXISTS (SELECT FROM known)
    ON CONFLICT (org) DO UPDATE SET last = e.last + 1 RETURNING last
), fresh AS (
    INSERT INTO weir.events (org, position, id, event, payload) SELECT $1, last, $2, $3, $4 FROM p RETURNING position
), untold AS (
    INSERT INTO weir.events_untold (org, event, position) SELECT $1, $3, last FROM p
)
SELECT position FROM fresh UNION ALL SELECT position FROM known
