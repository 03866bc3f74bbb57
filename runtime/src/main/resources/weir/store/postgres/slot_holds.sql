-- slot_holds: a row when it is the run's turn. $1 run
SELECT 1 FROM weir.slots WHERE run = $1 AND held
