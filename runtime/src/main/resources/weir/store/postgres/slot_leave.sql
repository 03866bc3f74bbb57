-- slot_leave: a run that has ended or rests gives its turn back. One that is under way or at the gate keeps what it has. $1 run
-- Returns whose turns they are.
DELETE FROM weir.slots s
WHERE s.run = $1 AND s.held AND NOT EXISTS (SELECT FROM weir.live l WHERE l.id = s.run AND NOT (l.owner = 0 AND l.state = 8))
RETURNING s.org, s.workflow, s.key
