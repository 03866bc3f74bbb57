-- flush: one batch of a lane = this one statement = one transaction = one fsync.
--
-- What the fence lets through is written, with its frames; what it does not is not returned, and nothing of it is written.
-- The row lock on live orders an append and a claim: after a claim was committed, no frame of the owner before it can follow.
-- Sequence numbers, epoch and org of a frame come from the fence row, never from the caller.
-- Arrays of runs are sorted by id, so that all batches lock in one order; one item a run. Times in µs since 1970.
--
-- Frames lie in arrays of their own; a run knows where its first one is. They are picked by place and not joined: with hash joins
-- switched off, as they must be for live, a join of a batch with its own frames compares everything with everything.
--
-- $1 me: this worker's incarnation
-- starts: $2 id $3 org $4 workflow $5 version $6 priority $7 owner (0 = goes through the queue) $8 wake $9 number of frames
--         $10 frames before the first one $32 the run whose segment it walks, or null
-- moves:  $11 id $12 epoch $13 head before $14 number of frames $15 frames before the first one
--         $16 owner after: $1 = keep, 0 = release, -1 = to the gate $17 state $18 wake $19 inbox seen $20 taken
-- ends:   $21 id $22 epoch $23 head before $24 number of frames $25 frames before the first one $26 status
-- frames: $27 number of entries $28 bytes
-- letters: $29 run $30 id $31 content
-- Returns id and inbox of what was written.
WITH s AS (
    INSERT INTO weir.live (id, org, workflow, version, epoch, head, owner, state, priority, wake_at, parent)
    SELECT id, org, workflow, version, 1, frames, owner, CASE WHEN owner = 0 THEN 0 ELSE 1 END, priority, to_timestamp(wake / 1e6), parent
    FROM unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::smallint[], $7::bigint[], $8::bigint[], $9::int[], $32::uuid[])
        x(id, org, workflow, version, priority, owner, wake, frames, parent)
    ON CONFLICT (id) DO NOTHING
    RETURNING id, org, epoch, head, inbox
), u AS (
    UPDATE weir.live l
    SET head = l.head + x.frames, owner = x.owner, taken = x.taken,
        state = CASE WHEN x.owner = 0 THEN x.state ELSE l.state END,
        wake_at = CASE WHEN x.owner = 0 THEN to_timestamp(x.wake / 1e6) ELSE l.wake_at END
    FROM unnest($11::uuid[], $12::int[], $13::int[], $14::int[], $15::int[], $16::bigint[], $17::smallint[], $18::bigint[], $19::int[], $20::int[])
        x(id, epoch, head, frames, first, owner, state, wake, inbox, taken)
    WHERE l.id = x.id AND l.epoch = x.epoch AND l.head = x.head AND l.owner = $1 AND (x.owner = $1 OR l.inbox = x.inbox)
    RETURNING l.id, l.org, l.epoch, x.head AS base, l.inbox, x.frames, x.first
), d AS (
    DELETE FROM weir.live l
    USING unnest($21::uuid[], $22::int[], $23::int[], $24::int[], $25::int[], $26::smallint[]) x(id, epoch, head, frames, first, status)
    WHERE l.id = x.id AND l.epoch = x.epoch AND l.head = x.head AND l.owner = $1
    RETURNING l.id, l.org, l.workflow, l.version, l.epoch, x.head AS base, l.inbox, x.frames, x.first, x.status, l.parent
), f AS (
    INSERT INTO weir.done (id, org, workflow, version, epoch, head, status, ended, parent)
    SELECT id, org, workflow, version, epoch, base + frames, status, now(), parent FROM d
), ok AS (
    SELECT id, org, epoch, 0 AS base, inbox, head AS frames, ($10::int[])[array_position($2::uuid[], id)] AS first FROM s
    UNION ALL SELECT id, org, epoch, base, inbox, frames, first FROM u
    UNION ALL SELECT id, org, epoch, base, inbox, frames, first FROM d
), e AS (
    INSERT INTO weir.entries (run, seq, epoch, org, n, frame)
    SELECT ok.id, ok.base + k, ok.epoch, ok.org, ($27::int[])[ok.first + k], ($28::bytea[])[ok.first + k]
    FROM ok CROSS JOIN LATERAL generate_series(1, ok.frames) k
), o AS (
    INSERT INTO weir.outbox (id, org, run, data)
    SELECT x.id, ok.org, ok.id, x.data FROM unnest($29::uuid[], $30::uuid[], $31::bytea[]) x(run, id, data) JOIN ok ON ok.id = x.run
)
SELECT id, inbox FROM ok
