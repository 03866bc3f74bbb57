-- Whether a run waits for its turn is said by live (owner -1), and only there; a row of slots is a wish or a turn. So whoever dies
-- between the two leaves something that others see and put right: a run at the gate without a wish, a turn of a run that rests.
CREATE INDEX live_gate ON weir.live (id) WHERE owner = -1;

-- grant_slots(…): as before, but only who stands at the gate passes, and its row is locked before its slot's.
CREATE OR REPLACE FUNCTION weir.grant_slots(o int, w int, k text) RETURNS SETOF uuid LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE free int; one record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('slot/' || o || '/' || w || '/' || k, 0));
    FOR one IN
        SELECT run, most FROM weir.slots WHERE org = o AND workflow = w AND key = k AND NOT held ORDER BY priority DESC, since, run
    LOOP
        SELECT one.most - count(*) INTO free FROM weir.slots WHERE org = o AND workflow = w AND key = k AND held;
        EXIT WHEN free <= 0;
        UPDATE weir.live SET owner = 0, state = 0, wake_at = now() WHERE id = one.run AND owner = -1;
        IF FOUND THEN
            UPDATE weir.slots SET held = true WHERE run = one.run;
            RETURN NEXT one.run;
        END IF;
    END LOOP;
END $$;
