-- The how manyth time a run listens at a path: that it does not listen any more may be heard after it listens again.
ALTER TABLE weir.waits ADD COLUMN turn int NOT NULL DEFAULT 1;
