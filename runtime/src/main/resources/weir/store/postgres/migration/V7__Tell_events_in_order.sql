-- Events that may not have reached those who wait for them yet. Who tells a later event of the name tells these first, so that a run
-- hears events in the order of their positions, whoever publishes them and whoever dies.
CREATE TABLE weir.events_untold (
    org      int NOT NULL,
    event    text NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (org, event, position)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

GRANT SELECT, INSERT, UPDATE, DELETE ON weir.events_untold TO weir_engine;
ALTER TABLE weir.events_untold ENABLE ROW LEVEL SECURITY;
ALTER TABLE weir.events_untold FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON weir.events_untold TO weir_engine USING (true) WITH CHECK (true);
CREATE POLICY api ON weir.events_untold TO weir_api USING (org = nullif(current_setting('weir.org', true), '')::int);
