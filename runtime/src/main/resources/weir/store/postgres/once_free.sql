-- once_free: $1 org $2 scope $3 key $4 the run that it stands for
DELETE FROM weir.once WHERE org = $1 AND scope = $2 AND key = $3 AND run = $4
