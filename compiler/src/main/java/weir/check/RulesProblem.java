package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic.Related;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Severity;

/// Decisions with holes, contradictions and rows without use.
public sealed interface RulesProblem extends CheckProblem {
    record NoColumn(
            Location at,
            String path,
            String parameters,
            @Nullable String nearest) implements RulesProblem {
        @Override
        public String code() {
            return "W2601";
        }

        @Override
        public String message() {
            return "The column `%s` is no parameter%s"
                    .formatted(path, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public String hint() {
            return parameters.isEmpty()
                    ? "Declare what the table looks at as parameters."
                    : "A column is a parameter (" + parameters + ") or a path into one.";
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    /// @param what what is wrong with the columns right of `||`, as a sentence
    record Outputs(Location at, String what, @Nullable String advice) implements RulesProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2602";
        }

        @Override
        public String message() {
            return what;
        }

        @Override
        public @Nullable String hint() {
            return advice;
        }
    }

    record NeverMatches(
            Location at,
            String column,
            String value,
            String type,
            @Nullable Fix fix) implements RulesProblem {
        @Override
        public String code() {
            return "W2603";
        }

        @Override
        public String message() {
            return "`%s` is never %s: it is %s.".formatted(column, value, type);
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    /// @param example an input that no row covers
    record Gap(Location at, String example, @Nullable Fix fix) implements RulesProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2604";
        }

        @Override
        public String message() {
            return "No row covers %s.".formatted(example);
        }

        @Override
        public String hint() {
            return "Add a row for it, or an `else` row for the rest.";
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    record MaybeGap(Location at, String rules, String type) implements RulesProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2605";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "It cannot be proven that `%s` always finds an answer, so its result is `%s | null`."
                    .formatted(rules, type);
        }

        @Override
        public String hint() {
            return "Add an `else` for the rest.";
        }
    }

    record NeverFires(Location at, @Nullable Location covering) implements RulesProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2606";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "This row never counts: the rows before it cover everything it matches.";
        }

        @Override
        public List<Related> related() {
            return covering == null ? List.of() : List.of(new Related(covering, "this row covers it"));
        }
    }

    record Conflict(Location at, Location other, String example) implements RulesProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2607";
        }

        @Override
        public String message() {
            return "Two rows give different answers for %s.".formatted(example);
        }

        @Override
        public String hint() {
            return "Make them exclusive, or say `first` if their order decides.";
        }

        @Override
        public List<Related> related() {
            return List.of(new Related(other, "the other row"));
        }
    }

    /// @param what what is wrong with the row, as a sentence
    record BadRow(Location at, String what, @Nullable String advice) implements RulesProblem {
        @Override
        public String code() {
            return "W2608";
        }

        @Override
        public String message() {
            return what;
        }

        @Override
        public @Nullable String hint() {
            return advice;
        }
    }

    record NoRows(Location at, String rules) implements RulesProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2609";
        }

        @Override
        public String message() {
            return "`%s` has no rules.".formatted(rules);
        }
    }
}
