package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Location;

/// Calls that do not agree with what is called.
public sealed interface CallProblem extends CheckProblem {
    record UnknownAction(
            Location at,
            String integration,
            String action,
            @Nullable String nearest,
            String actions) implements CallProblem {
        @Override
        public String code() {
            return "W2301";
        }

        @Override
        public String message() {
            return action.isEmpty()
                    ? "`%s` is an integration: a step calls one of its actions.".formatted(integration)
                    : "`%s` has no action `%s`%s"
                            .formatted(
                                    integration,
                                    action,
                                    nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public String hint() {
            return "Its actions are " + actions + ".";
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    record UnknownArgument(
            Location at,
            String callee,
            String name,
            @Nullable String nearest,
            String parameters) implements CallProblem {
        @Override
        public String code() {
            return "W2302";
        }

        @Override
        public String message() {
            return "`%s` takes no argument `%s`%s"
                    .formatted(callee, name, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public String hint() {
            return parameters.isEmpty() ? "It takes none." : "It takes " + parameters + ".";
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    record MissingArgument(
            Location at,
            String callee,
            String name,
            String type,
            @Nullable Fix fix) implements CallProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2303";
        }

        @Override
        public String message() {
            return "`%s` needs the argument `%s: %s`.".formatted(callee, name, type);
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    record DuplicateArgument(Location at, String name) implements CallProblem {
        @Override
        public String code() {
            return "W2304";
        }

        @Override
        public String message() {
            return "The argument `%s` stands here twice.".formatted(name);
        }
    }

    /// @param name of the parameter that it probably is for
    record NamelessArgument(
            Location at, String callee, @Nullable String name) implements CallProblem {
        @Override
        public String code() {
            return "W2305";
        }

        @Override
        public String message() {
            return "The arguments of `%s` need their names.".formatted(callee);
        }

        @Override
        public List<Fix> fixes() {
            return name == null
                    ? List.of()
                    : List.of(Fix.insert("Name it " + name, at.span().start(), name + ": "));
        }
    }

    /// @param takes how many it takes, as words
    record WrongCount(Location at, String callee, String takes, int given, String signature) implements CallProblem {
        @Override
        public String code() {
            return "W2306";
        }

        @Override
        public String message() {
            return "`%s` takes %s, not %d.".formatted(callee, takes, given);
        }

        @Override
        public String hint() {
            return "It is `%s`.".formatted(signature);
        }
    }

    record UnknownCallee(Location at, String name, @Nullable String nearest) implements CallProblem {
        @Override
        public String code() {
            return "W2307";
        }

        @Override
        public String message() {
            return "There is no workflow `%s`%s"
                    .formatted(name, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public String hint() {
            return "A step calls an action, as `http.get(…)`, or a workflow.";
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    /// Something pure with `step` before it.
    record PureStep(Location at, String name, String kind) implements CallProblem {
        @Override
        public String code() {
            return "W2308";
        }

        @Override
        public String message() {
            return "`%s` is %s: it has no effect, so it is no step.".formatted(name, kind);
        }

        @Override
        public String hint() {
            return "Write `let result = %s(…)`, with the arguments in order and without names.".formatted(name);
        }
    }

    /// Something with an effect inside an expression.
    record EffectInExpression(Location at, String name) implements CallProblem {
        @Override
        public String code() {
            return "W2309";
        }

        @Override
        public String message() {
            return "`%s` has an effect, so it cannot stand inside an expression.".formatted(name);
        }

        @Override
        public String hint() {
            return "Make it a step of its own: `step result = %s(…)`.".formatted(name);
        }
    }

    record SpreadArguments(Location at, String callee) implements CallProblem {
        @Override
        public String code() {
            return "W2310";
        }

        @Override
        public String message() {
            return "`%s` takes its arguments one by one, without `...`.".formatted(callee);
        }
    }
}
