package weir.engine;

import java.time.Instant;
import weir.value.Value;

/// What happened to a run.
public sealed interface Input {
    /// The run was just started or claimed: go on from what the journal says. Attempts that were under way are
    /// asked for again.
    record Begin() implements Input {}

    record Completed(String path, int attempt, Value output) implements Input {}

    record Failed(String path, int attempt, RunError error) implements Input {}

    /// The step's `once per` key was used before: it is left out.
    record Skipped(String path, int attempt) implements Input {}

    /// The attempt may not begin before `until`: its `at most … per` is used up.
    record Postponed(String path, int attempt, Instant until) implements Input {}

    /// Time has passed; timers that are due fire.
    record Due() implements Input {}

    /// @param n the message's number in the inbox, from 1
    record Told(int n, Message message) implements Input {}
}
