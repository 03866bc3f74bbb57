-- event_told: everybody was told. $1 org $2 event $3 position
DELETE FROM weir.events_untold WHERE org = $1 AND event = $2 AND position = $3
