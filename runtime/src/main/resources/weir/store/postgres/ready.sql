-- ready: whether it only reads, and its clock.
SELECT pg_is_in_recovery(), clock_timestamp() AS now
