-- `at most N at once`: a run that has to wait for its turn belongs to the gate, owner -1, whom no worker is. So nobody claims
-- it, and what it is told waits in its inbox.

-- slots: a row a run that holds a turn or waits for one. What is held is counted, never stored, so nothing can drift.
CREATE TABLE weir.slots (
    run      uuid PRIMARY KEY,
    org      int NOT NULL,
    workflow int NOT NULL,
    key      text NOT NULL,
    most     int NOT NULL CHECK (most > 0),
    priority smallint NOT NULL,
    held     bool NOT NULL DEFAULT false,
    since    timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 70);
CREATE INDEX slots_key ON weir.slots (org, workflow, key, held);
CREATE INDEX slots_waiting ON weir.slots (org, workflow, key) WHERE NOT held;

-- grant_slots(…): lets as many of those that wait pass as there is room for, by priority and arrival. Returns those that were
-- waiting at the gate. plpgsql, because each of its statements sees what was committed before it: counted after the lock.
CREATE FUNCTION weir.grant_slots(o int, w int, k text) RETURNS SETOF uuid LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE free int; one record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('slot/' || o || '/' || w || '/' || k, 0));
    FOR one IN
        SELECT run, most FROM weir.slots WHERE org = o AND workflow = w AND key = k AND NOT held ORDER BY priority DESC, since, run
    LOOP
        SELECT one.most - count(*) INTO free FROM weir.slots WHERE org = o AND workflow = w AND key = k AND held;
        EXIT WHEN free <= 0;
        UPDATE weir.slots SET held = true WHERE run = one.run;
        UPDATE weir.live SET owner = 0, state = 0, wake_at = now() WHERE id = one.run AND owner = -1;
        IF FOUND THEN RETURN NEXT one.run; END IF;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION weir.grant_slots(int, int, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION weir.grant_slots(int, int, text) TO weir_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON weir.slots TO weir_engine;
ALTER TABLE weir.slots ENABLE ROW LEVEL SECURITY;
ALTER TABLE weir.slots FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON weir.slots TO weir_engine USING (true) WITH CHECK (true);
