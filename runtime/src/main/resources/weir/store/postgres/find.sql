-- find: one run of an organisation; moment is when it ended or is due. :org :run
SELECT id, workflow, version, wake_at AS moment,
    CASE WHEN owner = -1 THEN 'QUEUED' WHEN owner <> 0 THEN 'RUNNING' WHEN state = 7 THEN 'PAUSED' WHEN state = 8 THEN 'PARKED' WHEN wake_at <= now() THEN 'QUEUED' ELSE 'WAITING' END AS state
FROM weir.live WHERE org = :org AND id = cast(:run AS uuid)
UNION ALL
SELECT id, workflow, version, ended, (ARRAY['SUCCEEDED', 'FAILED', 'CANCELLED'])[status]
FROM weir.done WHERE org = :org AND id = cast(:run AS uuid)
