-- counts: runs by workflow and state, never more than a bounded part of what there is: of live runs the newest 20,000, and as many
-- parked ones; of those that have ended since a time, 1,000 a workflow and status, each by its place in an index. The workflows are
-- found by hopping from one to the next in the index.
-- Runs that walk segments of others' loops do not count.
-- :org :since the lowest id of that time :month the lowest id of its month, so that older partitions are left out
WITH RECURSIVE workflows AS (
    SELECT (SELECT workflow FROM weir.done WHERE org = :org AND id >= cast(:month AS uuid) ORDER BY workflow LIMIT 1) AS workflow
    UNION ALL
    SELECT (SELECT d.workflow FROM weir.done d
            WHERE d.org = :org AND d.workflow > w.workflow AND d.id >= cast(:month AS uuid) ORDER BY d.workflow LIMIT 1)
    FROM workflows w WHERE w.workflow IS NOT NULL
), alive AS (
    (SELECT workflow, owner, state, wake_at FROM weir.live WHERE org = :org AND parent IS NULL ORDER BY id DESC LIMIT 20000)
), parked AS (
    (SELECT workflow FROM weir.live WHERE org = :org AND parent IS NULL AND state = 8 AND owner = 0 ORDER BY id DESC LIMIT 20000)
)
SELECT workflow,
    CASE WHEN owner = -1 THEN 'QUEUED' WHEN owner <> 0 THEN 'RUNNING' WHEN state = 7 THEN 'PAUSED' WHEN wake_at <= now() THEN 'QUEUED' ELSE 'WAITING' END AS state,
    count(*) AS runs
FROM alive WHERE state <> 8 OR owner <> 0 GROUP BY 1, 2
UNION ALL
SELECT workflow, 'PARKED', count(*) FROM parked GROUP BY 1
UNION ALL
SELECT w.workflow, (ARRAY['SUCCEEDED', 'FAILED', 'CANCELLED'])[s.status], counted.runs
FROM workflows w CROSS JOIN (VALUES (1), (2), (3)) s(status)
CROSS JOIN LATERAL (
    SELECT count(*) AS runs FROM (
        SELECT FROM weir.done d
        WHERE d.org = :org AND d.parent IS NULL AND d.workflow = w.workflow AND d.status = s.status AND d.id >= cast(:since AS uuid) LIMIT 1000
    ) d
) counted
WHERE w.workflow IS NOT NULL AND counted.runs > 0
