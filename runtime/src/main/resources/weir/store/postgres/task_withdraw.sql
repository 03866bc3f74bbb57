-- task_withdraw: $1 id
UPDATE weir.tasks SET state = 2 WHERE id = $1 AND state = 0
