-- partitions: makes those of the next months.
-- $1 how many
SELECT weir.make_partitions($1)
