-- Lists of ended runs walk an index in its order for every status, however long the history is: with a workflow by this one, else by
-- done_status.
CREATE INDEX done_workflow_status ON weir.done (org, workflow, status, id);
DROP INDEX weir.done_workflow;
