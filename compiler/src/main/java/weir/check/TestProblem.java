package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Location;

/// Tests that can show nothing.
public sealed interface TestProblem extends CheckProblem {
    record NoRun(Location at) implements TestProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2801";
        }

        @Override
        public String message() {
            return "This test runs nothing.";
        }

        @Override
        public String hint() {
            return "Add `run workflow_name(…)` after the mocks.";
        }
    }

    record SecondRun(Location at) implements TestProblem {
        @Override
        public String code() {
            return "W2802";
        }

        @Override
        public String message() {
            return "A test runs one workflow once.";
        }

        @Override
        public String hint() {
            return "Write another `test` for the other run.";
        }
    }

    /// @param possible those that there are, as a sentence
    record UnknownTarget(
            Location at, String what, String name, @Nullable String nearest, String possible) implements TestProblem {
        @Override
        public String code() {
            return "W2803";
        }

        @Override
        public String message() {
            return "There is no %s `%s`%s"
                    .formatted(what, name, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public @Nullable String hint() {
            return possible;
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    record TooLate(Location at) implements TestProblem {
        @Override
        public String code() {
            return "W2804";
        }

        @Override
        public String message() {
            return "Mocks and settings stand before the `run` that they are for.";
        }
    }

    record MockedEmit(Location at) implements TestProblem {
        @Override
        public String code() {
            return "W2805";
        }

        @Override
        public String message() {
            return "Nothing answers an `emit`, so there is nothing to mock.";
        }

        @Override
        public String hint() {
            return "Say what should have been emitted behind the `run`: `expect emit \"…\" called 1 times`.";
        }
    }

    record CannotFail(Location at) implements TestProblem {
        @Override
        public String code() {
            return "W2806";
        }

        @Override
        public String message() {
            return "Questions and waits do not fail; they are answered, or their time passes.";
        }

        @Override
        public String hint() {
            return "Write `returns null` for the time that passes: `up to` ends it, and its value is null.";
        }
    }
}
