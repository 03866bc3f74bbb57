-- The file that declares what a version holds, as its project calls it; empty: nobody said.
ALTER TABLE weir.versions ADD COLUMN file text NOT NULL DEFAULT '';
