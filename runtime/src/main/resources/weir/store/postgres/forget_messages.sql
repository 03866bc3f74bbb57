-- forget_messages: deletes what ended runs were told. A message and the end of its run may cross, so the end does not delete.
DELETE FROM weir.inbox i WHERE NOT EXISTS (SELECT FROM weir.live l WHERE l.id = i.run)
