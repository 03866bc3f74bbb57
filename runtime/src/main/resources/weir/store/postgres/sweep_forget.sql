-- sweep_forget: questions that runs of a month asked which are gone. $1 the month's lowest run $2 the next month's
DELETE FROM weir.tasks t WHERE t.run >= $1::uuid AND t.run < $2::uuid
    AND NOT EXISTS (SELECT FROM weir.live l WHERE l.id = t.run) AND NOT EXISTS (SELECT FROM weir.done d WHERE d.id = t.run)
