-- step_give_back: $1 org $2 workflow $3 node $4 key $5 holder
DELETE FROM weir.step_keys WHERE org = $1 AND workflow = $2 AND node = $3 AND key = $4 AND holder = $5
