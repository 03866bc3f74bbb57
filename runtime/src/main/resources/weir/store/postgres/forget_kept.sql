-- forget_kept: deletes what workflows were to remember until now
WITH s AS (DELETE FROM weir.kept_sums WHERE until < now())
DELETE FROM weir.kept WHERE until < now()
