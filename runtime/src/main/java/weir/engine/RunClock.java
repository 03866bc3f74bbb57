package weir.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When the run's `timeout` begins to count: with its first step, also if that asks a person or waits for an event.
final class RunClock {
    private final RunState run;
    private final Recorder recorder;
    private final Attempts attempts;
    private final Departures departures;

    RunClock(RunState run, Recorder recorder, Attempts attempts, Departures departures) {
        this.run = run;
        this.recorder = recorder;
        this.attempts = attempts;
        this.departures = departures;
    }

    /// Called before a question is asked or an event waited for.
    ///
    /// @return null to go on
    @Nullable
    Progress begin(Activation at, String path) {
        var timeout = run.timeout();
        if (timeout == null || run.deadline != null || run.root.departure != null || recorder.isBehindDeadline()) {
            return null;
        }
        Entry entry = attempts.deadline(path, timeout, Entry.Raised::new);
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Deadline(Instant until) -> {
                run.deadline = until;
                yield null;
            }
            case Entry.Raised(String _, RunError error) -> departures.raise(at, error, false);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }
}
