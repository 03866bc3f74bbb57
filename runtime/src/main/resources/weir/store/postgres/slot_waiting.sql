-- slot_waiting: the keys that somebody waits for. $1 limit
SELECT DISTINCT org, workflow, key FROM weir.slots WHERE NOT held LIMIT $1
