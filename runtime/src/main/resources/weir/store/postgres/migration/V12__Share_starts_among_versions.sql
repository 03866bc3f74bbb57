-- How starts are shared among versions (JSON of weir.store.Split, empty: all take the active one), and whether nothing starts any more.
ALTER TABLE weir.definitions ADD split text NOT NULL DEFAULT '';
ALTER TABLE weir.definitions ADD retired boolean NOT NULL DEFAULT false;
