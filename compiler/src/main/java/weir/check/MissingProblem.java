package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Location;

/// Values that may be null or undefined where something is needed.
public sealed interface MissingProblem extends CheckProblem {
    /// A member of something that may be missing.
    ///
    /// @param object its text
    /// @param what `null`, `undefined` or both
    record Access(
            Location at,
            String object,
            String what,
            @Nullable Fix fix) implements MissingProblem {
        @Override
        public String code() {
            return "W2201";
        }

        @Override
        public String message() {
            return "`%s` may be %s here.".formatted(object, what);
        }

        @Override
        public String hint() {
            return "Write `?.`, give another value with `??`, or test it first with `if`.";
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    /// A whole value, or part of it, that may be missing.
    ///
    /// @param path where inside the value, empty for all of it
    /// @param always whether there is never anything else
    record Value(Location at, String slot, String path, boolean always, String what, String to, List<Fix> fixes)
            implements MissingProblem {
        public Value {
            fixes = List.copyOf(fixes);
        }

        @Override
        public String code() {
            return "W2202";
        }

        @Override
        public String message() {
            return path.isEmpty()
                    ? "%s takes %s, but this %s %s.".formatted(slot, to, always ? "is" : "may be", what)
                    : "%s wants `%s` to be %s, but it may be %s.".formatted(slot, path, to, what);
        }

        @Override
        public @Nullable String hint() {
            return !always
                    ? "Give another value with `??`, or test it first with `if`."
                    : fixes.isEmpty()
                            ? null
                            : "What is left out is `undefined`; leave the name away, too, if you like.";
        }
    }

    record Operand(Location at, String operator, String what, List<Fix> fixes) implements MissingProblem {
        public Operand {
            fixes = List.copyOf(fixes);
        }

        @Override
        public String code() {
            return "W2203";
        }

        @Override
        public String message() {
            return "%s needs a value, but this may be %s.".formatted(operator, what);
        }

        @Override
        public String hint() {
            return "Give another value with `??`, or test it first with `if`.";
        }
    }
}
