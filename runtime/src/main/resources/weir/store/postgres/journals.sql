-- journals: the frames of these runs, in order.
-- $1 run[]
SELECT run, seq, frame FROM weir.entries WHERE run = ANY ($1::uuid[]) ORDER BY run, seq
