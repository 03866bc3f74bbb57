-- slot_unasked: runs at the gate that nobody has asked a turn for, because whoever should have died. $1 limit
SELECT l.id, l.org FROM weir.live l
WHERE l.owner = -1 AND NOT EXISTS (SELECT FROM weir.slots s WHERE s.run = l.id AND NOT s.held) LIMIT $1
