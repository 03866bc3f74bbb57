-- sweep_begin: see weir.begin_sweep. $1 month $2 $3 $4 seconds that succeeded, failed and cancelled runs are kept, null = for ever
SELECT status, runs FROM weir.begin_sweep($1, now(), ARRAY[$2::bigint * interval '1 second', $3::bigint * interval '1 second', $4::bigint * interval '1 second'])
