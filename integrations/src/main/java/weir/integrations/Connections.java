package weir.integrations;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// Gives named connections what they hold.
@FunctionalInterface
public interface Connections {
    /// Where there are none.
    Connections NONE = (org, name) -> Optional.empty();

    /// @throws StepFailure code `connections_away` when they cannot be looked at now, `sealed_connection` when it
    /// cannot be opened
    Optional<Connection> find(int org, String name) throws StepFailure;

    /// What a connection holds. Its fields must not leave the request that they are for.
    ///
    /// @param integration whose it is, or null: anyone's
    /// @param kind one of the kinds that the integration takes, or empty: its only one
    record Connection(String name, @Nullable String integration, String kind, Map<String, String> fields) {
        public Connection {
            fields = Map.copyOf(fields);
        }

        /// A field, or null.
        public @Nullable String get(String field) {
            return fields.get(field);
        }

        /// A field that has to be there.
        ///
        /// @throws StepFailure code `bad_connection`
        public String need(String field) throws StepFailure {
            var value = fields.get(field);
            if (value == null || value.isEmpty()) {
                throw StepFailure.permanent(
                        "bad_connection", "the connection \"" + name + "\" lacks `" + field + "`; connect it again");
            }
            return value;
        }

        @Override
        public String toString() {
            return "connection " + name + " (" + kind + ")";
        }
    }

    /// The connection that a call is to use: the one that `using` names, else the one called as the integration.
    ///
    /// @throws StepFailure when `using` names none, or another integration's
    default Optional<Connection> of(Handler.Call call) throws StepFailure {
        String using = call.connection();
        String name = using == null ? call.integration() : using;
        var found = find(call.org(), name);
        if (found.isEmpty() && using != null) {
            throw missing(call, name);
        }
        var integration = found.map(Connection::integration).orElse(null);
        if (integration != null && !integration.equals(call.integration())) {
            if (using == null) {
                return Optional.empty();
            }
            throw StepFailure.permanent(
                    "unknown_connection",
                    "the connection \"" + name + "\" is one to " + integration + ", not to " + call.integration());
        }
        return found;
    }

    /// The same where there is nothing to do without one.
    ///
    /// @throws StepFailure code `unknown_connection` when there is none
    default Connection need(Handler.Call call) throws StepFailure {
        var found = of(call);
        if (found.isEmpty()) {
            throw missing(call, call.connection() == null ? call.integration() : call.connection());
        }
        return found.get();
    }

    private static StepFailure missing(Handler.Call call, String name) {
        return StepFailure.permanent(
                "unknown_connection",
                "there is no connection \"" + name + "\"; make it with `weir connect " + name + " --integration "
                        + call.integration() + "`, or, for a run without a server, set "
                        + EnvironmentConnections.variable(name));
    }
}
