-- standing: how these runs stand, ended or not: for appends that were refused or whose outcome is not known.
-- $1 run[]
SELECT id, epoch, head, owner, inbox, 0 AS status FROM weir.live WHERE id = ANY ($1::uuid[])
UNION ALL
SELECT id, epoch, head, 0, 0, status FROM weir.done WHERE id = ANY ($1::uuid[])
