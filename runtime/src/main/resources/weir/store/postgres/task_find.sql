-- task_find: empty texts, the epoch and no bytes stand for nothing. :org :task
SELECT id, run, path, question, coalesce(role, '') AS role, coalesce(person, '') AS person, asked,
    coalesce(until, 'epoch') AS until, state, coalesce(answer, '') AS answer
FROM weir.tasks
WHERE org = :org AND id = CAST(:task AS uuid)
