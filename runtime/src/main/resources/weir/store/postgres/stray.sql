-- stray: rows that no month has
SELECT weir.default_rows()
