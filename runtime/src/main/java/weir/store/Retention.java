package weir.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.engine.Entry.Status;

/// For how long runs that have ended are kept, counted from their end; null: for ever. They are forgotten by months, so
/// some stay up to a month longer.
public record Retention(
        @Nullable Duration succeeded,
        @Nullable Duration failed,
        @Nullable Duration cancelled) {
    /// So that a mistake in a setting does not take what happened today.
    public static final Duration LEAST = Duration.ofDays(1);

    public static final Retention STANDARD =
            new Retention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(30));
    public static final Retention FOREVER = new Retention(null, null, null);

    public Retention {
        for (var kept : Arrays.asList(succeeded, failed, cancelled)) {
            if (kept != null && kept.compareTo(LEAST) < 0) {
                throw new IllegalArgumentException("runs are kept for a day at least, not " + kept);
            }
        }
    }

    public @Nullable Duration of(Status status) {
        return switch (status) {
            case SUCCEEDED -> succeeded;
            case FAILED -> failed;
            case CANCELLED -> cancelled;
        };
    }

    /// Empty when nothing is ever forgotten.
    public Optional<Duration> shortest() {
        return Arrays.stream(Status.values())
                .map(this::of)
                .filter(Objects::nonNull)
                .min(Duration::compareTo);
    }
}
