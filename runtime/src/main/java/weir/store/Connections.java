package weir.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Named connections to the services that steps use. What they hold is sealed before it comes here, and opened
/// elsewhere: a copy of the store gives nothing away.
public interface Connections {
    /// @param name unique in the organisation
    /// @param integration whose it is
    /// @param kind one of those that the integration takes
    /// @param hint what people may see of it, without its secrets
    /// @param sealed what it holds, encrypted
    record Entry(String name, String integration, String kind, String hint, String sealed, Instant at) {
        @Override
        public String toString() {
            return "connection " + name + " to " + integration;
        }
    }

    /// Adds it, or takes the place of the one of that name.
    void put(int org, Entry entry);

    Optional<Entry> find(int org, String name);

    /// By name.
    List<Entry> list(int org);

    /// @return whether it was there
    boolean remove(int org, String name);
}
