-- What runs tell others and are told: letters on their way, events and who waits for them, questions to people; and what steps
-- of all runs of a workflow share.

-- outbox: written with the frame that a letter belongs to; gone when it was delivered. What lies long belongs to a dead worker.
CREATE TABLE weir.outbox (
    id   uuid PRIMARY KEY,
    org  int NOT NULL,
    run  uuid,                                       -- null: it came from outside
    at   timestamptz NOT NULL DEFAULT now(),
    data bytea NOT NULL                              -- see OutgoingJson
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
CREATE INDEX outbox_at ON weir.outbox (at);

-- events: the position comes from the organisation's row, so it is the order of commits.
CREATE TABLE weir.event_positions (org int PRIMARY KEY, last bigint NOT NULL) WITH (fillfactor = 50);
CREATE TABLE weir.events (
    org      int NOT NULL,
    position bigint NOT NULL,
    id       text NOT NULL,                          -- the same event twice is one
    event    text NOT NULL,
    payload  bytea NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (org, position),
    UNIQUE (org, id)
);
CREATE INDEX events_name ON weir.events (org, event, position);
CREATE INDEX events_at ON weir.events (at);

CREATE TABLE weir.waits (
    run   uuid NOT NULL,
    path  text NOT NULL,
    org   int NOT NULL,
    event text NOT NULL,
    PRIMARY KEY (run, path)
);
CREATE INDEX waits_event ON weir.waits (org, event, run, path);

CREATE TABLE weir.tasks (
    id          uuid PRIMARY KEY,                    -- UUIDv7
    org         int NOT NULL,
    run         uuid NOT NULL,
    path        text NOT NULL,
    question    text NOT NULL,
    role        text,
    person      text,
    asked       timestamptz NOT NULL DEFAULT now(),
    until       timestamptz,
    state       smallint NOT NULL DEFAULT 0,         -- 0 open, 1 answered, 2 withdrawn
    answer      bytea
);
CREATE INDEX tasks_open ON weir.tasks (org, id) WHERE state = 0;
CREATE INDEX tasks_list ON weir.tasks (org, id);
CREATE INDEX tasks_run ON weir.tasks (run);

-- The keys of `once per` of steps, and the beginnings that `at most … per` counts.
CREATE TABLE weir.step_keys (
    org      int NOT NULL,
    workflow int NOT NULL,
    node     text NOT NULL,
    key      bytea NOT NULL,                         -- its SHA-256
    holder   text NOT NULL,
    until    timestamptz NOT NULL,
    PRIMARY KEY (org, workflow, node, key)
);
CREATE INDEX step_keys_until ON weir.step_keys (until);
CREATE TABLE weir.step_begins (
    org      int NOT NULL,
    workflow int NOT NULL,
    node     text NOT NULL,
    at       timestamptz NOT NULL,
    until    timestamptz NOT NULL                    -- when it does not count any more
);
CREATE INDEX step_begins_at ON weir.step_begins (org, workflow, node, at);
CREATE INDEX step_begins_until ON weir.step_begins (until);

-- begin_step(…): counts a beginning if fewer than `most` lie within `per`, and gives null; otherwise gives when to ask again.
CREATE FUNCTION weir.begin_step(o int, w int, place text, most int, per interval) RETURNS timestamptz LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE nth timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(o || '/' || w || '/' || place, 0));
    SELECT at INTO nth FROM weir.step_begins WHERE org = o AND workflow = w AND node = place AND at > clock_timestamp() - per
        ORDER BY at DESC OFFSET most - 1 LIMIT 1;
    IF nth IS NOT NULL THEN RETURN nth + per; END IF;
    INSERT INTO weir.step_begins (org, workflow, node, at, until) VALUES (o, w, place, clock_timestamp(), clock_timestamp() + per);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION weir.begin_step(int, int, text, int, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION weir.begin_step(int, int, text, int, interval) TO weir_engine;

GRANT SELECT, INSERT, UPDATE, DELETE ON weir.outbox, weir.event_positions, weir.events, weir.waits, weir.tasks,
    weir.step_keys, weir.step_begins TO weir_engine;
GRANT SELECT ON weir.tasks TO weir_api;
DO $$ DECLARE what text; BEGIN
    FOREACH what IN ARRAY ARRAY['outbox', 'event_positions', 'events', 'waits', 'tasks', 'step_keys', 'step_begins'] LOOP
        EXECUTE format('ALTER TABLE weir.%I ENABLE ROW LEVEL SECURITY', what);
        EXECUTE format('ALTER TABLE weir.%I FORCE ROW LEVEL SECURITY', what);
        EXECUTE format('CREATE POLICY engine ON weir.%I TO weir_engine USING (true) WITH CHECK (true)', what);
        EXECUTE format('CREATE POLICY api ON weir.%I TO weir_api
            USING (org = nullif(current_setting(''weir.org'', true), '''')::int)', what);
    END LOOP;
END $$;
