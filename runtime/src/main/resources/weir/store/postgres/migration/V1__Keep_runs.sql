-- What is kept of runs, and who may see it.
--
-- Roles: weir_engine (flushers, reconciler, upkeep: batches mix organisations, so it sees them all) and weir_api (everything
-- that a request asks for; sees one organisation, named by the setting weir.org of its transaction). Connections log in as
-- the owner of the tables and become one of the two at once. Neither owns a table.
-- Roles belong to the whole server and may be there already, made by another database of it or by an administrator.
DO $$ DECLARE role text; BEGIN
    FOREACH role IN ARRAY ARRAY['weir_engine', 'weir_api'] LOOP
        -- Being able to become it is what counts, and the only thing that all versions tell in the same way: trying.
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN EXECUTE format('CREATE ROLE %I', role); END IF;
            BEGIN
                EXECUTE format('SET LOCAL ROLE %I', role);
                RESET ROLE;
            EXCEPTION WHEN insufficient_privilege THEN
                EXECUTE format('GRANT %I TO %I', role, current_user);
            END;
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE EXCEPTION 'the login % can neither make nor become the role %; an administrator has to say once: %',
                current_user, role,
                format('CREATE ROLE weir_engine; CREATE ROLE weir_api; GRANT weir_engine, weir_api TO %I', current_user);
        END;
    END LOOP;
END $$;

-- live: exactly one row a run that has not ended. The fence, the wake-up and the owner. No payloads: 1,000,000 waiting runs are
-- 140 MB. Not partitioned, so that no hot statement has to prune. No index on owner, it would double the cost of a run; a
-- dead worker's runs are found by a scan. State and owner change only at claim and release, because an index names owner.
CREATE TABLE weir.live (
    id       uuid PRIMARY KEY,                       -- UUIDv7
    org      int NOT NULL,
    workflow int NOT NULL,                           -- definitions.id
    version  int NOT NULL,                           -- versions.id: pins the graph
    epoch    int NOT NULL CHECK (epoch > 0),         -- grows with every claim; never goes down
    head     int NOT NULL CHECK (head >= 0),         -- seq of the last frame; the next append must name it
    owner    bigint NOT NULL,                        -- workers.incarnation, 0 = nobody
    pool     smallint NOT NULL DEFAULT 0,            -- of workers
    state    smallint NOT NULL,                      -- 0 ready, 1 running, 2 waiting, 8 parked (failed, resumable)
    priority smallint NOT NULL,                      -- 0 low, 1 normal, 2 high, 3 critical
    wake_at  timestamptz NOT NULL CHECK (isfinite(wake_at)), -- the one next wake-up
    parent   uuid,                                   -- whom to tell its end
    inbox    int NOT NULL DEFAULT 0,                 -- messages delivered so far
    taken    int NOT NULL DEFAULT 0 CHECK (taken <= inbox) -- messages journaled so far
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX live_due ON weir.live (wake_at) WHERE owner = 0;
CREATE INDEX live_list ON weir.live (org, id);
CREATE INDEX live_parked ON weir.live (org, id) WHERE state = 8;

-- done: insert-only, one row a run that has ended.
CREATE TABLE weir.done (
    id       uuid PRIMARY KEY,
    org      int NOT NULL,
    workflow int NOT NULL,
    version  int NOT NULL,
    epoch    int NOT NULL,
    head     int NOT NULL,
    status   smallint NOT NULL CHECK (status BETWEEN 1 AND 3), -- 1 succeeded, 2 failed, 3 cancelled
    ended    timestamptz NOT NULL,
    parent   uuid
) PARTITION BY RANGE (id);
CREATE INDEX done_status ON weir.done (org, status, id);
CREATE INDEX done_workflow ON weir.done (org, workflow, id);

-- entries: insert-only; one row a frame (all entries of one decision).
CREATE TABLE weir.entries (
    run   uuid NOT NULL,
    seq   int NOT NULL CHECK (seq > 0),
    epoch int NOT NULL,
    org   int NOT NULL,
    at    timestamptz NOT NULL DEFAULT now(),        -- of the commit, by the database's clock
    n     int NOT NULL,                              -- entries in it
    frame bytea NOT NULL,                            -- see FrameBytes
    PRIMARY KEY (run, seq)
) PARTITION BY RANGE (run);

CREATE TABLE weir.done_default PARTITION OF weir.done DEFAULT;
CREATE TABLE weir.entries_default PARTITION OF weir.entries DEFAULT;
ALTER TABLE weir.entries ALTER frame SET STORAGE EXTERNAL; -- compressed, if at all, by us
ALTER TABLE weir.entries_default ALTER frame SET STORAGE EXTERNAL;

-- Whoever works on runs.
CREATE TABLE weir.workers (
    incarnation bigint PRIMARY KEY CHECK (incarnation <> 0), -- random, so that a restored backup cannot repeat it
    name        text NOT NULL,
    seen        timestamptz NOT NULL,
    runs        int NOT NULL DEFAULT 0
);

-- What others tell a run. Many writers; only the run's owner journals what it took.
CREATE TABLE weir.inbox (
    run    uuid NOT NULL,
    n      int NOT NULL,
    kind   smallint NOT NULL,                        -- see Messages
    source text NOT NULL,                            -- who says it, unique: what is told twice arrives once
    data   bytea NOT NULL,
    at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run, n),
    UNIQUE (run, source)
);

-- The first use of a key (Idempotency-Key, delivery id): a second use gives the first one's run.
CREATE TABLE weir.once (
    org   int NOT NULL,
    scope int NOT NULL,
    key   bytea NOT NULL,
    run   uuid NOT NULL,
    until timestamptz NOT NULL,
    body  bytea NOT NULL,                            -- a hash: another body under the same key is a conflict
    PRIMARY KEY (org, scope, key)
) WITH (fillfactor = 80);
CREATE INDEX once_until ON weir.once (until);

-- partition_start(time): the lowest UUIDv7 of that time.
CREATE FUNCTION weir.partition_start(t timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM t) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- make_partitions(ahead): sees to it that last month, this month and that many months to come have their partitions.
-- A month whose rows already lie in the default partition stays there. Returns how many it made. One at a time.
CREATE FUNCTION weir.make_partitions(ahead int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' SET timezone = 'UTC' AS $$
DECLARE made int := 0; since timestamptz; until timestamptz; what text; part text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('weir.make_partitions'));
    FOR month IN -1..ahead LOOP
        since := date_trunc('month', now()) + month * interval '1 month';
        until := since + interval '1 month';
        FOREACH what IN ARRAY ARRAY['done', 'entries'] LOOP
            part := what || '_' || to_char(since, 'YYYYMM');
            CONTINUE WHEN to_regclass('weir.' || part) IS NOT NULL;
            BEGIN
                EXECUTE format('CREATE TABLE weir.%I PARTITION OF weir.%I FOR VALUES FROM (%L) TO (%L)',
                    part, what, weir.partition_start(since), weir.partition_start(until));
                made := made + 1;
            EXCEPTION WHEN check_violation THEN
                RAISE WARNING 'rows of % are in the default partition of weir.%', to_char(since, 'YYYY-MM'), what;
            END;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION weir.make_partitions(int) FROM PUBLIC;

-- Who may do what. A request reads runs of its own organisation only: without the setting, none.
GRANT USAGE ON SCHEMA weir TO weir_engine, weir_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON weir.live, weir.workers, weir.inbox, weir.once TO weir_engine;
GRANT SELECT, INSERT ON weir.done, weir.entries TO weir_engine;
GRANT EXECUTE ON FUNCTION weir.make_partitions(int) TO weir_engine;
GRANT SELECT ON weir.live, weir.done, weir.entries TO weir_api;
DO $$ DECLARE what text; BEGIN
    FOREACH what IN ARRAY ARRAY['live', 'done', 'entries', 'once'] LOOP
        EXECUTE format('ALTER TABLE weir.%I ENABLE ROW LEVEL SECURITY', what);
        EXECUTE format('ALTER TABLE weir.%I FORCE ROW LEVEL SECURITY', what);
        EXECUTE format('CREATE POLICY engine ON weir.%I TO weir_engine USING (true) WITH CHECK (true)', what);
        EXECUTE format('CREATE POLICY api ON weir.%I TO weir_api
            USING (org = nullif(current_setting(''weir.org'', true), '''')::int)', what);
    END LOOP;
END $$;
