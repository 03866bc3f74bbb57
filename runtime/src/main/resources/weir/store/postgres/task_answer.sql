-- task_answer: the first answer to an open task, together with the message to its run; nothing when the run has ended.
-- $1 org $2 id $3 answer $4 source $5 kind of message $6 message
-- Returns a row when it counts.
WITH t AS (
    UPDATE weir.tasks t SET state = 1, answer = $3
    WHERE t.id = $2 AND t.org = $1 AND t.state = 0 AND EXISTS (SELECT FROM weir.live l WHERE l.id = t.run)
    RETURNING t.run
), l AS (
    UPDATE weir.live l SET inbox = l.inbox + 1,
        wake_at = CASE WHEN l.owner = 0 THEN now() ELSE l.wake_at END,
        state = CASE WHEN l.owner = 0 THEN 0 ELSE l.state END
    FROM t WHERE l.id = t.run RETURNING l.id, l.inbox
)
INSERT INTO weir.inbox (run, n, kind, source, data) SELECT id, inbox, $5::smallint, $4, $6 FROM l RETURNING n
