-- told: which of my runs have messages that they have not taken.
-- $1 me $2 run[]
SELECT id FROM weir.live WHERE id = ANY ($2::uuid[]) AND owner = $1 AND inbox > taken
