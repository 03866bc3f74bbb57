package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Location;

/// Scripts that cannot work.
public sealed interface ScriptProblem extends CheckProblem {
    /// @param sentence what cannot be read
    record Unreadable(Location at, String sentence) implements ScriptProblem {
        @Override
        public String code() {
            return "W1301";
        }

        @Override
        public String message() {
            return sentence;
        }

        @Override
        public String hint() {
            return "A script is the body of a function in strict JavaScript.";
        }
    }

    /// @param advice what to do where there is no nearest
    record UnknownName(Location at, String name, @Nullable String nearest, String advice) implements ScriptProblem {
        @Override
        public String code() {
            return "W1302";
        }

        @Override
        public String message() {
            return "This script neither takes nor declares `%s`%s"
                    .formatted(name, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public @Nullable String hint() {
            return nearest == null ? advice : null;
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    /// @param what as the script writes it
    /// @param instead what draws it in a workflow
    record Draws(Location at, String what, String instead) implements ScriptProblem {
        @Override
        public String code() {
            return "W2503";
        }

        @Override
        public String message() {
            return "`%s` gives another value each time, so it cannot stand in a script.".formatted(what);
        }

        @Override
        public String hint() {
            return "Draw it in the workflow (`let drawn = %s`) and pass it in.".formatted(instead);
        }
    }

    record NothingReturned(Location at, String function, String type) implements ScriptProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W1303";
        }

        @Override
        public String message() {
            return "`%s` promises %s, but its script returns nothing.".formatted(function, type);
        }

        @Override
        public String hint() {
            return "Write `return …` in the script.";
        }
    }
}
