-- flush: one batch of a lane = this one statement = one transaction = one fsync.
--
-- What the fence lets through is written, with its frames; what it does not is not returned, and nothing of it is written.
-- The row lock on live orders an append and a claim: after a claim was committed, no frame of the owner before it can follow.
-- Sequence numbers, epoch and org of a frame come from the fence row, never from the caller.
-- Arrays of runs are sorted by id, so that all batches lock in one order; one item a run. Times in µs since 1970.
--
-- $1 me: this worker's incarnation
-- starts: $2 id $3 org $4 workflow $5 version $6 priority $7 owner (0 = goes through the queue) $8 wake $9 number of frames
-- moves:  $10 id $11 epoch $12 head before $13 number of frames $14 owner after: $1 = keep, 0 = release $15 state $16 wake
--         $17 inbox seen $18 taken
-- ends:   $19 id $20 epoch $21 head before $22 number of frames $23 status
-- frames: $24 run $25 place in its append, from 1 $26 number of entries $27 bytes
-- Returns id and inbox of what was written.
WITH s AS (
    INSERT INTO weir.live (id, org, workflow, version, epoch, head, owner, state, priority, wake_at)
    SELECT id, org, workflow, version, 1, frames, owner, CASE WHEN owner = 0 THEN 0 ELSE 1 END, priority, to_timestamp(wake / 1e6)
    FROM unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::smallint[], $7::bigint[], $8::bigint[], $9::int[])
        x(id, org, workflow, version, priority, owner, wake, frames)
    ON CONFLICT (id) DO NOTHING
    RETURNING id, org, epoch, 0 AS base, inbox
), u AS (
    UPDATE weir.live l
    SET head = l.head + x.frames, owner = x.owner, taken = x.taken,
        state = CASE WHEN x.owner = 0 THEN x.state ELSE l.state END,
        wake_at = CASE WHEN x.owner = 0 THEN to_timestamp(x.wake / 1e6) ELSE l.wake_at END
    FROM unnest($10::uuid[], $11::int[], $12::int[], $13::int[], $14::bigint[], $15::smallint[], $16::bigint[], $17::int[], $18::int[])
        x(id, epoch, head, frames, owner, state, wake, inbox, taken)
    WHERE l.id = x.id AND l.epoch = x.epoch AND l.head = x.head AND l.owner = $1 AND (x.owner <> 0 OR l.inbox = x.inbox)
    RETURNING l.id, l.org, l.epoch, x.head AS base, l.inbox
), d AS (
    DELETE FROM weir.live l
    USING unnest($19::uuid[], $20::int[], $21::int[], $22::int[], $23::smallint[]) x(id, epoch, head, frames, status)
    WHERE l.id = x.id AND l.epoch = x.epoch AND l.head = x.head AND l.owner = $1
    RETURNING l.id, l.org, l.workflow, l.version, l.epoch, x.head AS base, l.inbox, x.frames, x.status, l.parent
), f AS (
    INSERT INTO weir.done (id, org, workflow, version, epoch, head, status, ended, parent)
    SELECT id, org, workflow, version, epoch, base + frames, status, now(), parent FROM d
), ok AS (
    SELECT id, org, epoch, base, inbox FROM s
    UNION ALL SELECT id, org, epoch, base, inbox FROM u
    UNION ALL SELECT id, org, epoch, base, inbox FROM d
), e AS (
    INSERT INTO weir.entries (run, seq, epoch, org, n, frame)
    SELECT ok.id, ok.base + x.place, ok.epoch, ok.org, x.n, x.frame
    FROM unnest($24::uuid[], $25::int[], $26::int[], $27::bytea[]) x(run, place, n, frame) JOIN ok ON ok.id = x.run
)
SELECT id, inbox FROM ok
