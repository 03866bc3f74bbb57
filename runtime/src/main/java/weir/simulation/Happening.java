package weir.simulation;

import weir.engine.Input;
import weir.engine.Message;
import weir.value.Value;

/// What comes next in a world of runs.
sealed interface Happening {
    /// Something happened to an effect of a run.
    record To(LocalRun run, Input input) implements Happening {}

    /// A run is told something.
    record Told(LocalRun run, Message message) implements Happening {}

    /// A run hears an event that nobody sent: a mock stands for it.
    record Heard(LocalRun run, String path, String event, Value payload) implements Happening {}

    /// An event was sent from outside.
    record Sent(String event, Value payload) implements Happening {}

    /// The time has come.
    record Due() implements Happening {}

    /// Nothing will ever happen again.
    record Nothing() implements Happening {}
}
