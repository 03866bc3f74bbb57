-- tell: one message to a run, exactly once per source; wakes it when nobody owns it, or sends it to the gate when it rests and has
-- to wait for its turn. One statement: the row lock on live orders it and the owner's release, which is refused when inbox has
-- grown (flush.sql).
-- $1 run $2 source $3 kind $4 data $5 whether it has to wait for its turn
-- Returns its number; no row when the run has ended or was told before. Two at once with one source: one gets 23505.
WITH l AS (
    UPDATE weir.live SET inbox = inbox + 1,
        wake_at = CASE WHEN owner = 0 THEN now() ELSE wake_at END,
        owner = CASE WHEN $5::bool AND owner = 0 AND state = 8 THEN -1 ELSE owner END,
        state = CASE WHEN owner = 0 AND NOT ($5::bool AND state = 8) THEN 0 ELSE state END
    WHERE id = $1::uuid AND NOT EXISTS (SELECT FROM weir.inbox WHERE run = $1::uuid AND source = $2::text)
    RETURNING id, inbox
)
INSERT INTO weir.inbox (run, n, kind, source, data) SELECT id, inbox, $3::smallint, $2::text, $4::bytea FROM l RETURNING n
