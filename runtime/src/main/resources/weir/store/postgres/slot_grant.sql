-- slot_grant: who may pass now. $1 org $2 workflow $3 key
SELECT l.id, l.org, l.priority FROM weir.grant_slots($1, $2, $3) g JOIN weir.live l ON l.id = g
