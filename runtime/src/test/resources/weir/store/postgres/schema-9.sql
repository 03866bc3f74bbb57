-- What a store of schema version 9 held: a run in each state, some of a month that had no partition, a key, a question, a message that
-- was not heard, an event, a connection and a value.
INSERT INTO weir.definitions (org, kind, name, active) VALUES (1, 0, 'orders', 1);
INSERT INTO weir.versions (org, definition, number, hash, text, graph, file) VALUES (1, 1, 1, repeat('0', 64), 'workflow orders {}', '{}', 'orders.weir');
INSERT INTO weir.workers (incarnation, name, seen, runs) VALUES (4711, 'gone/1', now() - interval '1 hour', 2);
INSERT INTO weir.live (id, org, workflow, version, epoch, head, owner, state, priority, wake_at, inbox, taken) VALUES
    ('019ca2e1-0000-7000-8000-000000000001', 1, 1, 1, 1, 1, 0, 0, 1, '2026-03-01T10:00:00Z', 0, 0),
    ('019ca2e1-0000-7000-8000-000000000002', 1, 1, 1, 2, 2, 4711, 1, 1, '2026-03-01T10:00:00Z', 1, 0),
    ('019ca2e1-0000-7000-8000-000000000003', 1, 1, 1, 2, 2, 0, 2, 1, '2099-03-01T10:00:00Z', 0, 0),
    ('019ca2e1-0000-7000-8000-000000000004', 1, 1, 1, 2, 2, 0, 8, 1, '2099-03-01T10:00:00Z', 0, 0),
    ('019ca2e1-0000-7000-8000-000000000005', 1, 1, 1, 1, 1, -1, 0, 1, '2099-03-01T10:00:00Z', 0, 0);
INSERT INTO weir.done (id, org, workflow, version, epoch, head, status, ended) VALUES
    ('019ca2e1-0000-7000-8000-000000000011', 1, 1, 1, 1, 2, 1, '2026-03-01T10:00:00Z'),
    ('019ca2e1-0000-7000-8000-000000000012', 1, 1, 1, 1, 2, 2, '2026-03-01T10:00:00Z'),
    ('019ca2e1-0000-7000-8000-000000000013', 1, 1, 1, 1, 2, 3, '2026-03-01T10:00:00Z');
INSERT INTO weir.entries (run, seq, epoch, org, at, n, frame)
SELECT id, 1, 1, 1, '2026-03-01T10:00:00Z', 1, convert_to('{"at":1772360130123,"entries":[{"kind":"started/1","workflow":"orders","version":1,"hash":"'
    || repeat('0', 64) || '","level":1,"seed":"ff","input":{"id":"o-1"},"trigger":"api"}]}', 'UTF8')
FROM (SELECT id FROM weir.live UNION ALL SELECT id FROM weir.done) runs;
INSERT INTO weir.entries (run, seq, epoch, org, at, n, frame)
SELECT id, 2, 1, 1, '2026-03-01T10:00:01Z', 1, convert_to('{"at":1772360131123,"entries":[{"kind":"timed_out/1"}]}', 'UTF8')
FROM (SELECT id FROM weir.live WHERE head = 2 UNION ALL SELECT id FROM weir.done) runs;
INSERT INTO weir.inbox (run, n, kind, source, data) VALUES ('019ca2e1-0000-7000-8000-000000000002', 1, 2, 'api/resume', 'api');
INSERT INTO weir.slots (run, org, workflow, key, most, priority, held) VALUES ('019ca2e1-0000-7000-8000-000000000005', 1, 1, 'k', 1, 1, false);
INSERT INTO weir.once (org, scope, key, run, until, body) VALUES (1, 1, 'a', '019ca2e1-0000-7000-8000-000000000011', '2099-01-01', 'b');
INSERT INTO weir.tasks (id, org, run, path, question) VALUES ('019ca2e1-0000-7000-8000-0000000000aa', 1, '019ca2e1-0000-7000-8000-000000000003', 'ask', 'Give it?');
INSERT INTO weir.events (org, position, id, event, payload) VALUES (1, 1, 'e', 'order.paid', '{}');
INSERT INTO weir.event_positions (org, last) VALUES (1, 1);
INSERT INTO weir.waits (run, path, org, event, turn) VALUES ('019ca2e1-0000-7000-8000-000000000003', 'paid', 1, 'order.paid', 1);
INSERT INTO weir.connections (org, name, integration, kind, hint, sealed) VALUES (1, 'shop', 'http', 'bearer', '…', '1.k.s');
INSERT INTO weir.kept (org, key, value) VALUES (1, 'k', '42');
