-- slot_forgotten: takes back the turns of runs that have ended or rest, whose process died before it gave them back.
-- Returns whose turns they are.
DELETE FROM weir.slots s
WHERE s.held AND NOT EXISTS (SELECT FROM weir.live l WHERE l.id = s.run AND NOT (l.owner = 0 AND l.state = 8))
RETURNING s.org, s.workflow, s.key
