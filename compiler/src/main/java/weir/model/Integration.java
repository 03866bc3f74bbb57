package weir.model;

import java.util.List;
import java.util.Optional;

/// A versioned set of actions and triggers.
///
/// @param version `major.minor`
/// @param connections what a connection to it may hold, one of them; empty: it takes none
public record Integration(
        String name,
        String version,
        String title,
        List<Action> actions,
        List<Trigger> triggers,
        List<Connection> connections) {
    public Integration {
        actions = List.copyOf(actions);
        triggers = List.copyOf(triggers);
        connections = List.copyOf(connections);
    }

    public Integration(String name, String version, String title, List<Action> actions, List<Trigger> triggers) {
        this(name, version, title, actions, triggers, List.of());
    }

    public Optional<Connection> connection(String kind) {
        return connections.stream()
                .filter(connection -> connection.kind().equals(kind))
                .findFirst();
    }

    public Optional<Action> action(String wanted) {
        return actions.stream().filter(action -> action.name().equals(wanted)).findFirst();
    }

    public Optional<Trigger> trigger(String wanted) {
        return triggers.stream()
                .filter(trigger -> trigger.name().equals(wanted))
                .findFirst();
    }
}
