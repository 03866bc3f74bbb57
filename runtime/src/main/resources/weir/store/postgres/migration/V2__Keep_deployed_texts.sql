-- Deployed workflows and rule sets. Versions never change; a definition says which of its versions is active.
CREATE TABLE weir.definitions (
    id      int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    org     int NOT NULL,
    kind    smallint NOT NULL,                       -- 0 workflow, 1 rules
    name    text NOT NULL,
    active  int NOT NULL,                            -- versions.number, 0 while the first one is being deployed
    removed bool NOT NULL DEFAULT false              -- kept for the runs that refer to it
);
CREATE UNIQUE INDEX definitions_name ON weir.definitions (org, kind, name) WHERE NOT removed;

CREATE TABLE weir.versions (
    id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    org        int NOT NULL,
    definition int NOT NULL REFERENCES weir.definitions,
    number     int NOT NULL CHECK (number > 0),
    hash       text NOT NULL,                        -- of the graph
    text       text NOT NULL,
    graph      text NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (definition, number)
);

GRANT SELECT, INSERT, UPDATE ON weir.definitions TO weir_engine, weir_api;
GRANT SELECT, INSERT ON weir.versions TO weir_engine, weir_api;
DO $$ DECLARE what text; BEGIN
    FOREACH what IN ARRAY ARRAY['definitions', 'versions'] LOOP
        EXECUTE format('ALTER TABLE weir.%I ENABLE ROW LEVEL SECURITY', what);
        EXECUTE format('ALTER TABLE weir.%I FORCE ROW LEVEL SECURITY', what);
        EXECUTE format('CREATE POLICY engine ON weir.%I TO weir_engine USING (true) WITH CHECK (true)', what);
        EXECUTE format('CREATE POLICY api ON weir.%I TO weir_api
            USING (org = nullif(current_setting(''weir.org'', true), '''')::int)
            WITH CHECK (org = nullif(current_setting(''weir.org'', true), '''')::int)', what);
    END LOOP;
END $$;
