-- once_expire: makes room for keys whose time is over; the first of three statements in the transaction of an accept.
-- $1 org[] $2 scope[] $3 key[], sorted
DELETE FROM weir.once o USING unnest($1::int[], $2::int[], $3::bytea[]) x(org, scope, key)
WHERE o.org = x.org AND o.scope = x.scope AND o.key = x.key AND o.until <= now()
