package weir.engine;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;
import weir.value.Value;

/// A run as people see it.
///
/// @param resumable whether it failed and rests until somebody resumes it or lets it go
/// @param paused whether somebody paused it; what was under way then may still be
/// @param version the number of the version that it goes on with
/// @param origin the run whose results it began with, or null
/// @param wakeAt when its next timer strikes if nothing else is under way, or null
/// @param steps in the order in which they began
public record RunView(
        String workflow,
        int version,
        Status status,
        boolean resumable,
        boolean paused,
        String trigger,
        @Nullable UUID origin,
        Instant startedAt,
        @Nullable Instant endedAt,
        RecordValue input,
        @Nullable Value output,
        @Nullable RunError error,
        @Nullable Instant wakeAt,
        List<StepView> steps,
        List<Log> logs) {
    public RunView {
        steps = List.copyOf(steps);
        logs = List.copyOf(logs);
    }

    public enum Status {
        RUNNING,
        WAITING,
        PAUSED,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    public record Log(Instant at, String path, Value value) {}
}
