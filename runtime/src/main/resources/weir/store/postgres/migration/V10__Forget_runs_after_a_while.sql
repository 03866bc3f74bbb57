-- How runs that have ended are forgotten: month by month. What of a month is still to be kept (survivors: runs within their retention,
-- and the journals of those that have not ended) is copied beside it while runs go on; then, under a lock of milliseconds, what was
-- written since is copied too and the two change places. Nobody is claimed and nobody waits for the copy. One sweep at a time: the
-- caller holds the advisory lock weir.sweep for its session. Cut off anywhere, a sweep has changed nothing that is read.

-- sweeps: the months that were looked through, and when last. sweeping: the runs of the month under way that had not ended.
CREATE TABLE weir.sweeps (month text PRIMARY KEY, at timestamptz NOT NULL);
CREATE TABLE weir.sweeping (run uuid PRIMARY KEY, head int NOT NULL);

-- make_month(t): sees to it that the month of that time has its partitions; its rows in the default partitions move there.
CREATE FUNCTION weir.make_month(t timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' SET timezone = 'UTC' AS $$
DECLARE
    since timestamptz := date_trunc('month', t);
    month text := to_char(since, 'YYYYMM');
    lo uuid := weir.partition_start(since);
    hi uuid := weir.partition_start(since + interval '1 month');
    what text; part text; key text; made int := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('weir.make_partitions'));
    FOREACH what IN ARRAY ARRAY['done', 'entries'] LOOP
        part := what || '_' || month;
        key := CASE what WHEN 'done' THEN 'id' ELSE 'run' END;
        CONTINUE WHEN to_regclass('weir.' || part) IS NOT NULL;
        BEGIN
            EXECUTE format('CREATE TABLE weir.%I PARTITION OF weir.%I FOR VALUES FROM (%L) TO (%L)', part, what, lo, hi);
        EXCEPTION WHEN check_violation THEN
            EXECUTE format('LOCK TABLE weir.%I IN ACCESS EXCLUSIVE MODE', what);
            EXECUTE format('CREATE TABLE weir.%I (LIKE weir.%I INCLUDING ALL)', part, what || '_default');
            EXECUTE format('WITH moved AS (DELETE FROM weir.%I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO weir.%I SELECT * FROM moved',
                what || '_default', key, lo, key, hi, part);
            EXECUTE format('ALTER TABLE weir.%I ATTACH PARTITION weir.%I FOR VALUES FROM (%L) TO (%L)', what, part, lo, hi);
        END;
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

-- make_partitions(ahead): as before; and the months of rows in the default partitions, two years' at most, are made as well.
CREATE OR REPLACE FUNCTION weir.make_partitions(ahead int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' SET timezone = 'UTC' AS $$
DECLARE made int := 0; first uuid;
BEGIN
    FOR month IN -1..ahead LOOP
        made := made + weir.make_month(date_trunc('month', now()) + month * interval '1 month');
    END LOOP;
    FOR month IN 1..24 LOOP
        SELECT least((SELECT id FROM weir.done_default ORDER BY id LIMIT 1), (SELECT run FROM weir.entries_default ORDER BY run LIMIT 1)) INTO first;
        EXIT WHEN first IS NULL;
        made := made + weir.make_month(to_timestamp(('x' || left(replace(first::text, '-', ''), 12))::bit(48)::bigint / 1e3));
    END LOOP;
    RETURN made;
END $$;

-- default_rows(): how many rows have no month; must be 0. Counted to 100,000.
CREATE FUNCTION weir.default_rows() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (SELECT count(*) FROM (SELECT FROM weir.done_default LIMIT 100000) d) + (SELECT count(*) FROM (SELECT FROM weir.entries_default LIMIT 100000) e)
$$;

-- months(): those that have partitions, the oldest first, with their first and their following time.
CREATE FUNCTION weir.months() RETURNS TABLE (month text, since timestamptz, until timestamptz) LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
    SELECT right(c.relname, 6), to_timestamp(right(c.relname, 6), 'YYYYMM'), to_timestamp(right(c.relname, 6), 'YYYYMM') + interval '1 month'
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'weir.done'::regclass AND c.relname ~ '^done_[0-9]{6}$' ORDER BY 1
$$;

-- drop_swept(): drops what an earlier sweep left: months that were swapped away, and copies that never came to that.
CREATE FUNCTION weir.drop_swept() RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '250ms' AS $$
DECLARE part record; dropped int := 0;
BEGIN
    FOR part IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'weir'::regnamespace AND c.relkind = 'r'
        AND c.relname ~ '^(done|entries)_[0-9]{6}_(kept|old)$' LOOP
        EXECUTE format('DROP TABLE weir.%I', part.relname);
        dropped := dropped + 1;
    END LOOP;
    DELETE FROM weir.sweeping;
    RETURN dropped;
END $$;

-- begin_sweep(m, t, keep): what of month m can be forgotten at time t, by status (1 to 3), when each is kept for keep[status] after
-- its end (null: for ever). A status whose runs cannot all be over yet waits until they can, so that a month is copied seldom. Gives
-- rows, and makes ready for copy_page, only when there is something; marks the month as looked through.
CREATE FUNCTION weir.begin_sweep(m text, t timestamptz, keep interval[]) RETURNS TABLE (status smallint, runs bigint) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = on SET timezone = 'UTC' AS $$
DECLARE
    since timestamptz := to_timestamp(m, 'YYYYMM');
    until timestamptz := to_timestamp(m, 'YYYYMM') + interval '1 month';
    ripe boolean;
BEGIN
    INSERT INTO weir.sweeps VALUES (m, t) ON CONFLICT ON CONSTRAINT sweeps_pkey DO UPDATE SET at = excluded.at;
    EXECUTE format('SELECT EXISTS (SELECT FROM weir.%I d WHERE d.ended < $1 - ($2)[d.status] AND $3 + ($2)[d.status] <= $1)', 'done_' || m)
        INTO ripe USING t, keep, until;
    IF NOT ripe THEN RETURN; END IF;
    IF row_security_active('weir.live') AND NOT pg_has_role(current_user, 'weir_engine', 'USAGE') THEN
        RAISE EXCEPTION 'the owner of weir.live does not see its rows; an administrator has to say once: GRANT weir_engine TO % WITH INHERIT TRUE', current_user;
    END IF;
    -- The constraints prove the bounds, so that attaching does not read the rows.
    EXECUTE format('CREATE TABLE weir.%I (LIKE weir.%I INCLUDING ALL, CONSTRAINT within CHECK (id >= %L AND id < %L))',
        'done_' || m || '_kept', 'done_' || m, weir.partition_start(since), weir.partition_start(until));
    EXECUTE format('CREATE TABLE weir.%I (LIKE weir.%I INCLUDING ALL, CONSTRAINT within CHECK (run >= %L AND run < %L))',
        'entries_' || m || '_kept', 'entries_' || m, weir.partition_start(since), weir.partition_start(until));
    INSERT INTO weir.sweeping SELECT l.id, l.head FROM weir.live l
        WHERE l.id >= weir.partition_start(since) AND l.id < weir.partition_start(until);
    RETURN QUERY EXECUTE format('SELECT d.status, count(*) FROM weir.%I d WHERE d.ended < $1 - ($2)[d.status] GROUP BY d.status', 'done_' || m)
        USING t, keep;
END $$;

-- copy_page(m, t, keep, after, most): copies the survivors that follow that run; the last one of the page, null when none is left.
CREATE FUNCTION weir.copy_page(m text, t timestamptz, keep interval[], after uuid, most int) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE page uuid[];
BEGIN
    EXECUTE format('SELECT array_agg(id) FROM (
            (SELECT id FROM weir.%I WHERE id > $1 AND (ended < $2 - ($3)[status]) IS NOT TRUE ORDER BY id LIMIT $4)
            UNION (SELECT run FROM weir.sweeping WHERE run > $1 ORDER BY run LIMIT $4)
            ORDER BY id LIMIT $4) p', 'done_' || m)
        INTO page USING after, t, keep, most;
    EXECUTE format('INSERT INTO weir.%I SELECT * FROM weir.%I WHERE id = ANY ($1) ON CONFLICT DO NOTHING', 'done_' || m || '_kept', 'done_' || m) USING page;
    EXECUTE format('INSERT INTO weir.%I SELECT * FROM weir.%I WHERE run = ANY ($1) ON CONFLICT DO NOTHING', 'entries_' || m || '_kept', 'entries_' || m) USING page;
    RETURN page[array_length(page, 1)];
END $$;

-- catch_up(m): copies what the runs in sweeping wrote since. One statement, so that all of it sees the same moment. Runs do not begin
-- in a month that is over; one that did all the same, by a clock that was wrong, is taken for one that had not ended.
CREATE FUNCTION weir.catch_up(m text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_hashjoin = on SET enable_seqscan = on SET timezone = 'UTC' AS $$
DECLARE runs bigint;
BEGIN
    INSERT INTO weir.sweeping SELECT l.id, 0 FROM weir.live l
        WHERE l.id >= weir.partition_start(to_timestamp(m, 'YYYYMM')) AND l.id < weir.partition_start(to_timestamp(m, 'YYYYMM') + interval '1 month')
        ON CONFLICT DO NOTHING;
    EXECUTE format('WITH changed AS MATERIALIZED (
            SELECT s.run, s.head AS had, l.head FROM weir.sweeping s LEFT JOIN weir.live l ON l.id = s.run WHERE l.head IS DISTINCT FROM s.head
        ), e AS (
            INSERT INTO weir.%1$I SELECT x.* FROM changed c CROSS JOIN LATERAL (SELECT * FROM weir.%2$I e WHERE e.run = c.run AND e.seq > c.had) x
            ON CONFLICT DO NOTHING
        ), d AS (
            INSERT INTO weir.%3$I SELECT x.* FROM changed c CROSS JOIN LATERAL (SELECT * FROM weir.%4$I d WHERE d.id = c.run) x
            WHERE c.head IS NULL ON CONFLICT DO NOTHING
        ), g AS (
            DELETE FROM weir.sweeping s USING changed c WHERE s.run = c.run AND c.head IS NULL
        ), u AS (
            UPDATE weir.sweeping s SET head = c.head FROM changed c WHERE s.run = c.run AND c.head IS NOT NULL
        )
        SELECT count(*) FROM changed', 'entries_' || m || '_kept', 'entries_' || m, 'done_' || m || '_kept', 'done_' || m)
        INTO runs;
    RETURN runs;
END $$;

-- swap(m): the survivors take the place of the month; without any, the month is gone. Gives up at once when it would have to wait,
-- because whoever writes would wait behind it.
CREATE FUNCTION weir.swap(m text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '250ms' SET timezone = 'UTC' AS $$
DECLARE
    lo uuid := weir.partition_start(to_timestamp(m, 'YYYYMM'));
    hi uuid := weir.partition_start(to_timestamp(m, 'YYYYMM') + interval '1 month');
    what text; part text; used boolean;
BEGIN
    -- In the order in which flush.sql takes them.
    LOCK TABLE ONLY weir.done, ONLY weir.entries IN ACCESS EXCLUSIVE MODE;
    PERFORM weir.catch_up(m);
    EXECUTE format('SELECT EXISTS (SELECT FROM weir.%I) OR EXISTS (SELECT FROM weir.%I) OR EXISTS (SELECT FROM weir.sweeping)',
        'done_' || m || '_kept', 'entries_' || m || '_kept') INTO used;
    FOREACH what IN ARRAY ARRAY['done', 'entries'] LOOP
        part := what || '_' || m;
        EXECUTE format('ALTER TABLE weir.%I DETACH PARTITION weir.%I', what, part);
        EXECUTE format('ALTER TABLE weir.%I RENAME TO %I', part, part || '_old');
        IF used THEN
            EXECUTE format('ALTER TABLE weir.%I ATTACH PARTITION weir.%I FOR VALUES FROM (%L) TO (%L)', what, part || '_kept', lo, hi);
            EXECUTE format('ALTER TABLE weir.%I DROP CONSTRAINT within', part || '_kept');
            EXECUTE format('ALTER TABLE weir.%I RENAME TO %I', part || '_kept', part);
        END IF;
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION weir.make_month(timestamptz), weir.default_rows(), weir.months(), weir.drop_swept(), weir.catch_up(text), weir.swap(text),
    weir.begin_sweep(text, timestamptz, interval[]), weir.copy_page(text, timestamptz, interval[], uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION weir.make_month(timestamptz), weir.default_rows(), weir.months(), weir.drop_swept(), weir.catch_up(text), weir.swap(text),
    weir.begin_sweep(text, timestamptz, interval[]), weir.copy_page(text, timestamptz, interval[], uuid, int) TO weir_engine;
GRANT SELECT ON weir.sweeps TO weir_engine;
