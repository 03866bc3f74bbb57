-- parked: how many runs failed and may be resumed, of 20,000 at most, and which of them is over first ('' when there is none). :org
SELECT count(*) AS runs, coalesce(cast((array_agg(id ORDER BY wake_at))[1] AS text), '') AS first FROM (
    SELECT id, wake_at FROM weir.live WHERE org = :org AND state = 8 AND owner = 0 ORDER BY id LIMIT 20000
) parked
