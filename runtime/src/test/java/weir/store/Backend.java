package weir.store;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import weir.embedded.TestServers;
import weir.store.memory.MemoryConnections;
import weir.store.memory.MemoryKeptValues;
import weir.store.memory.MemoryStore;
import weir.store.postgres.PostgresAddress;
import weir.store.postgres.PostgresStore;

/// The kinds of store, each opened empty.
public enum Backend {
    MEMORY {
        @Override
        public Opened open() {
            var store = new MemoryStore();
            return new Opened() {
                @Override
                public Journal worker() {
                    return store.journal();
                }

                @Override
                public Views views() {
                    return store.views();
                }

                @Override
                public Registry registry() {
                    return store.registry();
                }

                @Override
                public Post post() {
                    return store.post();
                }

                private final Connections connections = new MemoryConnections();
                private final KeptValues values = new MemoryKeptValues(InstantSource.system());

                @Override
                public Connections connections() {
                    return connections;
                }

                @Override
                public KeptValues keptValues() {
                    return values;
                }

                @Override
                public void close() {}
            };
        }
    },
    POSTGRES {
        @Override
        public Opened open() {
            return new Postgres();
        }
    };

    public abstract Opened open();

    /// A store; every worker has a journal of its own.
    public interface Opened extends AutoCloseable {
        Journal worker();

        Views views();

        Registry registry();

        Post post();

        Connections connections();

        KeptValues keptValues();

        @Override
        void close();
    }

    private static final class Postgres implements Opened {
        private final List<PostgresStore> stores = new ArrayList<>();

        Postgres() {
            stores.add(PostgresStore.open(address(), "test"));
            empty();
            // Anew, because it was forgotten with everything else.
            stores.removeFirst().close();
            stores.add(PostgresStore.open(address(), "test"));
        }

        private static PostgresAddress address() {
            return PostgresAddress.of(TestServers.postgres());
        }

        private static void empty() {
            var address = address();
            try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
                    var statement = connection.createStatement()) {
                statement.execute("TRUNCATE weir.live, weir.done, weir.entries, weir.inbox, weir.once, weir.workers,"
                        + " weir.definitions, weir.versions, weir.outbox, weir.event_positions, weir.events,"
                        + " weir.waits, weir.tasks, weir.step_keys, weir.step_begins, weir.slots,"
                        + " weir.connections, weir.kept, weir.kept_sums");
            } catch (SQLException problem) {
                throw new IllegalStateException(problem);
            }
        }

        @Override
        public Journal worker() {
            stores.add(PostgresStore.open(address(), "test-" + stores.size()));
            return stores.getLast().journal();
        }

        @Override
        public Views views() {
            return stores.getFirst().views();
        }

        @Override
        public Registry registry() {
            return stores.getFirst().registry();
        }

        @Override
        public Post post() {
            return stores.getFirst().post();
        }

        @Override
        public Connections connections() {
            return stores.getFirst().connections();
        }

        @Override
        public KeptValues keptValues() {
            return stores.getFirst().keptValues();
        }

        @Override
        public void close() {
            stores.forEach(PostgresStore::close);
        }
    }
}
