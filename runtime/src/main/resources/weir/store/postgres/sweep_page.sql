-- sweep_page: see weir.copy_page; copies what was to be kept when the month was begun. $1 month $2 $3 $4 seconds as in sweep_begin $5 after $6 most
SELECT weir.copy_page($1, s.at, ARRAY[$2::bigint * interval '1 second', $3::bigint * interval '1 second', $4::bigint * interval '1 second'], $5::uuid, $6)
FROM weir.sweeps s WHERE s.month = $1
