-- task_list: newest first; empty texts, the epoch and no bytes stand for nothing. :state -1 = all, other texts empty = all
SELECT id, run, path, question, coalesce(role, '') AS role, coalesce(person, '') AS person, asked,
    coalesce(until, 'epoch') AS until, state, coalesce(answer, '') AS answer
FROM weir.tasks
WHERE org = :org AND id < CAST(:before AS uuid) AND (:state = -1 OR state = :state) AND (:role = '' OR role = :role)
    AND (:person = '' OR person = :person) AND (:run = '' OR run = CAST(NULLIF(:run, '') AS uuid))
ORDER BY id DESC LIMIT :limit
