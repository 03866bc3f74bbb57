-- outbox_delivered: $1 ids
DELETE FROM weir.outbox WHERE id = ANY ($1::uuid[])
