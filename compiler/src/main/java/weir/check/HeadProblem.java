package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic.Related;
import weir.source.Fix;
import weir.source.Location;

/// Triggers and settings of workflows that cannot work.
public sealed interface HeadProblem extends CheckProblem {
    /// @param triggers those that there are, as a sentence
    record UnknownTrigger(
            Location at, String name, @Nullable String nearest, String triggers) implements HeadProblem {
        @Override
        public String code() {
            return "W2701";
        }

        @Override
        public String message() {
            return "There is no trigger `%s`%s"
                    .formatted(name, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public String hint() {
            return triggers;
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    /// An argument that has to be known before anything runs.
    record NotConstant(Location at, String argument, String wanted) implements HeadProblem {
        @Override
        public String code() {
            return "W2702";
        }

        @Override
        public String message() {
            return "`%s` has to be %s that stands here or in a constant.".formatted(argument, wanted);
        }
    }

    record BadCron(Location at, String reason) implements HeadProblem {
        @Override
        public String code() {
            return "W2703";
        }

        @Override
        public String message() {
            return reason;
        }

        @Override
        public String hint() {
            return "Five fields: minute, hour, day of the month, month, day of the week. `0 9 * * MON-FRI` is 9:00 on working days.";
        }
    }

    record UnknownZone(Location at, String zone, @Nullable String nearest) implements HeadProblem {
        @Override
        public String code() {
            return "W2704";
        }

        @Override
        public String message() {
            return "There is no time zone `%s`%s"
                    .formatted(zone, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public @Nullable String hint() {
            return nearest == null ? "Zones are named as `Europe/Berlin` or `UTC`." : null;
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null
                    ? List.of()
                    : List.of(Fix.replace("Write " + nearest, at.span(), "\"" + nearest + "\""));
        }
    }

    record SameWebhook(Location at, String method, String path, Location earlier) implements HeadProblem {
        @Override
        public String code() {
            return "W2705";
        }

        @Override
        public String message() {
            return "`%s %s` already starts a workflow.".formatted(method, path);
        }

        @Override
        public List<Related> related() {
            return List.of(new Related(earlier, "here"));
        }
    }

    /// @param what what the payload is
    record PayloadMisfit(Location at, String what, String parameters) implements HeadProblem {
        @Override
        public String code() {
            return "W2706";
        }

        @Override
        public String message() {
            return "This trigger gives %s, but the workflow takes %s.".formatted(what, parameters);
        }

        @Override
        public String hint() {
            return "Say where the values come from: `with { name: event.… }`.";
        }
    }

    /// @param what what is wrong with the value, as a sentence
    record BadValue(Location at, String what, @Nullable Fix fix) implements HeadProblem {
        @Override
        public String code() {
            return "W2707";
        }

        @Override
        public String message() {
            return what;
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    record DuplicateHead(Location at, String word, Location earlier) implements HeadProblem {
        @Override
        public String code() {
            return "W2708";
        }

        @Override
        public String message() {
            return "The workflow already says `%s`.".formatted(word);
        }

        @Override
        public List<Related> related() {
            return List.of(new Related(earlier, "here"));
        }
    }
}
