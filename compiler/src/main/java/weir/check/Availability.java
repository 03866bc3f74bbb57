package weir.check;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which forms of the language the engine can run. The others are read and checked, and then said to be not available
/// yet.
public record Availability(Set<Construct> available) {
    /// What this build runs.
    public static final Availability NOW = new Availability(EnumSet.of(
            Construct.WAIT_UNTIL,
            Construct.WAIT_FOR,
            Construct.ASK,
            Construct.EMIT,
            Construct.ON_EVENT,
            Construct.SPLIT,
            Construct.REPEAT,
            Construct.CHILD_WORKFLOW,
            Construct.ON_ERROR_BLOCK,
            Construct.ON_FAILURE,
            Construct.RACE,
            Construct.UNDO,
            Construct.ONCE_PER,
            Construct.AT_MOST,
            Construct.AT_MOST_AT_ONCE,
            Construct.QUEUE,
            Construct.INTEGRATION,
            Construct.USING,
            Construct.FILE));
    /// What a server runs.
    public static final Availability SERVER = NOW.without(EnumSet.of(Construct.QUEUE));
    /// The whole language, for work on what is not there yet.
    public static final Availability EVERYTHING = new Availability(EnumSet.allOf(Construct.class));

    public Availability {
        available = Set.copyOf(available);
    }

    /// A form that not every build runs, and what to use until it does.
    public enum Construct {
        REPEAT("repeat", "Use `for … of` a list."),
        RACE("race", null),
        WAIT_UNTIL("wait until", "Write `wait time.diff(…, now())`."),
        WAIT_FOR("wait for", "Start a workflow of its own by `on webhook(…)`."),
        ASK("ask", "Start the part after the answer as a workflow of its own by `on webhook(…)`."),
        EMIT("emit", "Call the other system with `http.post`."),
        ON_EVENT("on event", "Use `on webhook(…)`."),
        SPLIT("split", "Use `if` with a value that you compute."),
        UNDO("undo", "Undo in the `catch` of a `try`."),
        ON_ERROR_BLOCK("on error { … }", "Use `try { … } catch error { … }`, or `on error continue`."),
        ON_FAILURE("on failure", "Put the statements into a `try` and do this in its `catch`."),
        ONCE_PER("once per", "Callers can send an `Idempotency-Key` with the start."),
        AT_MOST("at most", null),
        AT_MOST_AT_ONCE("at most … at once", null),
        QUEUE("queue", null),
        USING("using", "Give `auth` or `headers` with a `secret(…)`."),
        CHILD_WORKFLOW("step workflow(…)", "Start it over HTTP with `http.post`, or put its statements here."),
        INTEGRATION("integration", "Call the service with `http.*`."),
        TRIGGER("trigger", "Start workflows by `on webhook(…)` or `on schedule(…)`."),
        OAUTH("auth oauth2", "Use `auth bearer(…)` with a token."),
        INTEGRATION_TRIGGER("on integration.trigger", "Use `on webhook(…)` or `on schedule(…)`."),
        FILE("file", "Pass a URL and read it with `http.get`.");

        private final String words;
        private final @Nullable String instead;

        Construct(String words, @Nullable String instead) {
            this.words = words;
            this.instead = instead;
        }

        /// How it is written.
        public String words() {
            return words;
        }

        /// What to use until it is there, or null.
        public @Nullable String instead() {
            return instead;
        }
    }

    private Availability without(Set<Construct> these) {
        var left = EnumSet.noneOf(Construct.class);
        available.stream().filter(construct -> !these.contains(construct)).forEach(left::add);
        return new Availability(left);
    }

    public boolean has(Construct construct) {
        return available.contains(construct);
    }
}
