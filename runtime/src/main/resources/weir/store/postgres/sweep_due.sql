-- sweep_due: months that were not looked through for a day and from which something may be forgotten, the oldest first.
-- $1 the shortest time that a run is kept after its end, in seconds
SELECT m.month, weir.partition_start(m.since), weir.partition_start(m.until)
FROM weir.months() m LEFT JOIN weir.sweeps s ON s.month = m.month
WHERE m.until + $1::bigint * interval '1 second' <= now() AND (s.at IS NULL OR s.at < now() - interval '1 day') ORDER BY 1
