package weir.server;

import weir.store.postgres.PostgresAddress;
import weir.store.postgres.PostgresStore;
import weir.store.redis.RedisQueue;

/// A server on PostgreSQL and Redis, without examples.
final class RealServer implements AutoCloseable {
    final TestServer server;
    private final PostgresStore store;
    private final RedisQueue queue;

    RealServer(TestStores stores, Config config) {
        store = PostgresStore.open(PostgresAddress.of(stores.postgres()), "test");
        queue = RedisQueue.open(stores.redis());
        server = new TestServer(
                config.withExamples(false),
                new TestServer.Stores(store.journal(), store.views(), store.registry(), queue, store.post()));
    }

    @Override
    public void close() {
        server.close();
        queue.close();
        store.close();
    }
}
