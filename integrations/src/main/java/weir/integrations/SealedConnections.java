package weir.integrations;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import weir.store.StoreProblem;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.StepFailure;

/// Connections that are kept sealed in the store. What they hold comes out only for the step that uses them.
public final class SealedConnections implements Connections {
    private final weir.store.Connections store;
    private final Vault vault;
    private final InstantSource clock;

    public SealedConnections(weir.store.Connections store, Vault vault, InstantSource clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
    }

    /// Adds a connection, or takes the place of the one of that name.
    ///
    /// @param hint what people may see of it
    public weir.store.Connections.Entry put(int org, Connection connection, String integration, String hint) {
        var fields = RecordValue.builder();
        new TreeMap<>(connection.fields()).forEach((name, value) -> fields.put(name, Value.of(value)));
        String sealed =
                vault.seal(Json.text(fields.build()), context(org, connection.name(), integration, connection.kind()));
        var entry = new weir.store.Connections.Entry(
                connection.name(), integration, connection.kind(), hint, sealed, clock.instant());
        store.put(org, entry);
        return entry;
    }

    /// By name.
    public List<weir.store.Connections.Entry> list(int org) {
        return store.list(org);
    }

    /// @return whether it was there
    public boolean remove(int org, String name) {
        return store.remove(org, name);
    }

    @Override
    public Optional<Connection> find(int org, String name) throws StepFailure {
        Optional<weir.store.Connections.Entry> found;
        try {
            found = store.find(org, name);
        } catch (StoreProblem away) {
            throw new StepFailure("connections_away", "connections cannot be looked at now");
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(opened(org, found.get()));
    }

    private Connection opened(int org, weir.store.Connections.Entry entry) throws StepFailure {
        try {
            String text = vault.open(entry.sealed(), context(org, entry.name(), entry.integration(), entry.kind()));
            var fields = new TreeMap<String, String>();
            ((RecordValue) Json.read(text)).forEach((field, value) -> {
                if (value instanceof StringValue(String word)) {
                    fields.put(field, word);
                }
            });
            return new Connection(entry.name(), entry.integration(), entry.kind(), Map.copyOf(fields));
        } catch (Vault.CannotOpen sealed) {
            throw StepFailure.permanent(
                    "sealed_connection",
                    "the connection \"" + entry.name() + "\" cannot be opened: " + sealed.getMessage());
        }
    }

    private static String[] context(int org, String name, String integration, String kind) {
        return new String[] {"connection", Integer.toString(org), name, integration, kind};
    }
}
