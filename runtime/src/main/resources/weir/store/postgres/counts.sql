-- counts: runs by workflow and state; of the ended ones those that started since a time. :org :since the lowest id of that time
SELECT workflow,
    CASE WHEN owner = -1 THEN 'QUEUED' WHEN owner <> 0 THEN 'RUNNING' WHEN state = 7 THEN 'PAUSED' WHEN state = 8 THEN 'PARKED' WHEN wake_at <= now() THEN 'QUEUED' ELSE 'WAITING' END AS state,
    count(*) AS runs
FROM weir.live WHERE org = :org GROUP BY 1, 2
UNION ALL
SELECT workflow, (ARRAY['SUCCEEDED', 'FAILED', 'CANCELLED'])[status], count(*)
FROM weir.done WHERE org = :org AND id >= cast(:since AS uuid) GROUP BY workflow, status
