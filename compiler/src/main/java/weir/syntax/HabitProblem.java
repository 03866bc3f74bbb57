package weir.syntax;

import java.util.List;
import weir.source.Fix;
import weir.source.Fix.Edit;
import weir.source.Severity;
import weir.source.Span;

/// What other languages taught: forms that are right elsewhere, with what Weir writes instead.
sealed interface HabitProblem extends SyntaxProblem {
    /// @param span the called path
    /// @param callee it as text
    /// @param statement the whole statement
    record StrayCall(Span span, String callee, Span statement) implements HabitProblem {
        @Override
        public String code() {
            return "W1201";
        }

        @Override
        public String message() {
            return "Put `step` before it: `%s` is called here as a statement.".formatted(callee);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Put `step` before it", statement.start(), "step "));
        }
    }

    /// @param word `ask` or `wait`
    record StrayEffect(Span span, String word) implements HabitProblem {
        @Override
        public String code() {
            return "W1202";
        }

        @Override
        public String message() {
            return word.equals("ask")
                    ? "Put `step` before it: asking a person is a step."
                    : "Put `step` before it: waiting for an event is a step.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Put `step` before it", span.start(), "step "));
        }
    }

    record StrayAssignment(Span span, String name) implements HabitProblem {
        @Override
        public String code() {
            return "W1203";
        }

        @Override
        public String message() {
            return "`%s` cannot be assigned: names never change.".formatted(name);
        }

        @Override
        public String hint() {
            return "Give a new value a new name with `let`; a loop's values come out with `yield`.";
        }
    }

    record ForIn(Span span) implements HabitProblem {
        @Override
        public String code() {
            return "W1205";
        }

        @Override
        public String message() {
            return "A `for` goes over the items `of` a list.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write of", span, "of"));
        }
    }

    record LooseEquality(Span span, String operator) implements HabitProblem {
        @Override
        public String code() {
            return "W1206";
        }

        @Override
        public String message() {
            return "Weir compares with `%s=`, which converts nothing.".formatted(operator);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write %s=".formatted(operator), span, operator + "="));
        }
    }

    /// @param span the operand with its sign
    /// @param operand what stands after the sign
    record PowerOfUnary(Span span, Span operand) implements HabitProblem {
        @Override
        public String code() {
            return "W1207";
        }

        @Override
        public String message() {
            return "A sign before the left side of `**` needs parentheses, or it is unclear what is meant.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(new Fix(
                    "Put the left side into parentheses",
                    List.of(
                            new Edit(new Span(span.start(), span.start()), "("),
                            new Edit(new Span(span.end(), span.end()), ")"))));
        }
    }

    /// @param span the inner operation
    /// @param logical `&&` or `||`
    record MixedCoalesce(Span span, Span operator, String logical) implements HabitProblem {
        @Override
        public String code() {
            return "W1208";
        }

        @Override
        public String message() {
            return "`??` beside `%s` needs parentheses.".formatted(logical);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(new Fix(
                    "Put this part into parentheses",
                    List.of(
                            new Edit(new Span(span.start(), span.start()), "("),
                            new Edit(new Span(span.end(), span.end()), ")"))));
        }
    }

    record ObjectAsArrowBody(Span span) implements HabitProblem {
        @Override
        public String code() {
            return "W1209";
        }

        @Override
        public String message() {
            return "An object that an arrow gives needs parentheses.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(new Fix(
                    "Put the object into parentheses",
                    List.of(
                            new Edit(new Span(span.start(), span.start()), "("),
                            new Edit(new Span(span.end(), span.end()), ")"))));
        }
    }

    /// @param replacement the type as Weir writes it
    record ListSuffix(Span span, String replacement) implements HabitProblem {
        @Override
        public String code() {
            return "W1210";
        }

        @Override
        public String message() {
            return "A list of something is written %s.".formatted(replacement);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write %s".formatted(replacement), span, replacement));
        }
    }
}
