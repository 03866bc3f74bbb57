-- frames: of one run, those after a number. :org :run :after
SELECT seq, frame FROM weir.entries WHERE org = :org AND run = cast(:run AS uuid) AND seq > :after ORDER BY seq
