-- Named connections to services, and what workflows remember between runs.

-- connections: what they hold is sealed by the server (see weir.integrations.Vault); the key is not in the database.
CREATE TABLE weir.connections (
    org         int NOT NULL,
    name        text NOT NULL,
    integration text NOT NULL,
    kind        text NOT NULL,
    hint        text NOT NULL,                       -- what people may see
    sealed      text NOT NULL,                       -- version.key.base64, see Vault
    at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org, name)
);

-- kept: values by name. kept_sums: which steps have added to a number, so that a retry does not again.
CREATE TABLE weir.kept (
    org   int NOT NULL,
    key   text NOT NULL,
    value text NOT NULL,                             -- exact JSON
    until timestamptz,                               -- null: until it is deleted
    PRIMARY KEY (org, key)
) WITH (fillfactor = 80);
CREATE INDEX kept_until ON weir.kept (until) WHERE until IS NOT NULL;
CREATE TABLE weir.kept_sums (
    org   int NOT NULL,
    key   text NOT NULL,
    step  text NOT NULL,
    total double precision NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (org, key, step)
);
CREATE INDEX kept_sums_until ON weir.kept_sums (until);

GRANT SELECT, INSERT, UPDATE, DELETE ON weir.connections, weir.kept, weir.kept_sums TO weir_api;
GRANT SELECT, DELETE ON weir.kept, weir.kept_sums TO weir_engine;
DO $$ DECLARE what text; BEGIN
    FOREACH what IN ARRAY ARRAY['connections', 'kept', 'kept_sums'] LOOP
        EXECUTE format('ALTER TABLE weir.%I ENABLE ROW LEVEL SECURITY', what);
        EXECUTE format('ALTER TABLE weir.%I FORCE ROW LEVEL SECURITY', what);
        EXECUTE format('CREATE POLICY engine ON weir.%I TO weir_engine USING (true) WITH CHECK (true)', what);
        EXECUTE format('CREATE POLICY api ON weir.%I TO weir_api
            USING (org = nullif(current_setting(''weir.org'', true), '''')::int)', what);
    END LOOP;
END $$;
