-- slot_held: who has a turn, the first one first. $1 org $2 workflow $3 key $4 not this run
SELECT run FROM weir.slots WHERE org = $1 AND workflow = $2 AND key = $3 AND held AND run <> $4 ORDER BY since
