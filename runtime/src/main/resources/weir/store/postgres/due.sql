-- due: what nobody owns and should be running, the earliest first.
-- $1 before, µs since 1970 $2 limit $3 from
SELECT id, org, priority, wake_at FROM weir.live
WHERE owner = 0 AND wake_at < to_timestamp($1::bigint / 1e6) AND wake_at >= to_timestamp($3::bigint / 1e6) ORDER BY wake_at LIMIT $2::int
