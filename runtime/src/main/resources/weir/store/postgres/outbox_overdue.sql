-- outbox_overdue: what lies there long, the oldest first. $1 milliseconds $2 limit
SELECT id, org, run, data FROM weir.outbox WHERE at < now() - $1 * interval '1 millisecond' ORDER BY at LIMIT $2
