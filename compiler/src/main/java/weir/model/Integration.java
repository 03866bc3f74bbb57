package weir.model;

import java.util.List;
import java.util.Optional;

/// A versioned set of actions and triggers.
///
/// @param version `major.minor`
public record Integration(String name, String version, String title, List<Action> actions, List<Trigger> triggers) {
    public Integration {
        actions = List.copyOf(actions);
        triggers = List.copyOf(triggers);
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
