-- list: runs of an organisation, newest first; live ones and ended ones, those of each status by an index backwards.
-- Runs that walk segments of others' loops are none. moment is when it ended or is due.
-- :workflow -1 = all; :state '' = all, FAILED includes PARKED; :before the page is older than this run; :since and not older than that
SELECT * FROM (
    (SELECT * FROM (
        SELECT id, workflow, version, wake_at AS moment,
            CASE WHEN owner = -1 THEN 'QUEUED' WHEN owner <> 0 THEN 'RUNNING' WHEN state = 7 THEN 'PAUSED' WHEN state = 8 THEN 'PARKED' WHEN wake_at <= now() THEN 'QUEUED' ELSE 'WAITING' END AS state
        FROM weir.live
        WHERE org = :org AND parent IS NULL AND id < cast(:before AS uuid) AND id >= cast(:since AS uuid) AND (:workflow = -1 OR workflow = :workflow)
            AND :state <> 'SUCCEEDED' AND :state <> 'CANCELLED' AND (:state <> 'PARKED' AND :state <> 'FAILED' OR state = 8)
     ) l
     WHERE :state = '' OR state = :state OR :state = 'FAILED' AND state = 'PARKED'
     ORDER BY id DESC LIMIT :limit)
    UNION ALL
    (SELECT id, workflow, version, ended, 'SUCCEEDED'
     FROM weir.done
     WHERE org = :org AND parent IS NULL AND status = 1 AND id < cast(:before AS uuid) AND id >= cast(:since AS uuid) AND (:workflow = -1 OR workflow = :workflow)
        AND (:state = '' OR :state = 'SUCCEEDED')
     ORDER BY id DESC LIMIT :limit)
    UNION ALL
    (SELECT id, workflow, version, ended, 'FAILED'
     FROM weir.done
     WHERE org = :org AND parent IS NULL AND status = 2 AND id < cast(:before AS uuid) AND id >= cast(:since AS uuid) AND (:workflow = -1 OR workflow = :workflow)
        AND (:state = '' OR :state = 'FAILED')
     ORDER BY id DESC LIMIT :limit)
    UNION ALL
    (SELECT id, workflow, version, ended, 'CANCELLED'
     FROM weir.done
     WHERE org = :org AND parent IS NULL AND status = 3 AND id < cast(:before AS uuid) AND id >= cast(:since AS uuid) AND (:workflow = -1 OR workflow = :workflow)
        AND (:state = '' OR :state = 'CANCELLED')
     ORDER BY id DESC LIMIT :limit)
) runs ORDER BY id DESC LIMIT :limit
