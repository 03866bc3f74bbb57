-- backend: whether a server process of ours still runs.
-- $1 its number
SELECT 1 FROM pg_stat_activity WHERE pid = $1
