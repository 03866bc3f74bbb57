-- step_begin: $1 org $2 workflow $3 node $4 count $5 milliseconds
-- Returns when to ask again, or null: it may begin.
SELECT weir.begin_step($1, $2, $3, $4, $5 * interval '1 millisecond') AS again
