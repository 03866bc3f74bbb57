-- workers: those that live. :silence seconds
SELECT name, seen, runs FROM weir.workers WHERE seen > now() - cast(:silence AS int) * interval '1 second' ORDER BY name, incarnation
