-- forget_post: what nobody can need any more. $1 days that events and closed tasks are kept
WITH e AS (DELETE FROM weir.events WHERE at < now() - $1 * interval '1 day'),
    u AS (DELETE FROM weir.events_untold AS u
          USING weir.events AS e WHERE e.org = u.org AND e.position = u.position AND e.at < now() - $1 * interval '1 day'),
    k AS (DELETE FROM weir.step_keys WHERE until < now()),
    b AS (DELETE FROM weir.step_begins WHERE until < now()),
    w AS (DELETE FROM weir.waits WHERE NOT EXISTS (SELECT FROM weir.live WHERE live.id = waits.run))
UPDATE weir.tasks SET state = 2 WHERE state = 0 AND NOT EXISTS (SELECT FROM weir.live WHERE live.id = tasks.run)
