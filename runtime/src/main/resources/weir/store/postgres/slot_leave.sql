-- slot_leave: a run gives its turn back, or waits no longer. $1 run
-- Returns whose turns they are.
DELETE FROM weir.slots WHERE run = $1 RETURNING org, workflow, key
