-- forget_keys: deletes keys of once whose time is over, some at a time.
-- $1 limit
DELETE FROM weir.once WHERE (org, scope, key) IN
    (SELECT org, scope, key FROM weir.once WHERE until < now() ORDER BY until LIMIT $1 FOR UPDATE SKIP LOCKED)
