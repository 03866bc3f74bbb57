-- ends: the first and the last frame of each of these runs. :org :runs ids with commas between them
SELECT e.run, e.seq, e.frame
FROM unnest(string_to_array(:runs, ',')) x(run)
CROSS JOIN LATERAL (
    (SELECT run, seq, frame FROM weir.entries WHERE run = cast(x.run AS uuid) AND org = :org ORDER BY seq LIMIT 1)
    UNION ALL
    (SELECT run, seq, frame FROM weir.entries WHERE run = cast(x.run AS uuid) AND org = :org ORDER BY seq DESC LIMIT 1)
) e
