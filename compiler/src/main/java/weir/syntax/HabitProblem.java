package weir.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Fix.Edit;
import weir.source.Severity;
import weir.source.Span;

/// What other languages taught: forms that are right elsewhere, with what Weir writes instead.
sealed interface HabitProblem extends SyntaxProblem {
    /// @param span the called path
    record StrayCall(Span span, String callee) implements HabitProblem {
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
            return List.of(Fix.insert("Put `step` before it", span.start(), "step "));
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
            return name.contains(".")
                    ? "Records never change either: `{ ...record, field: value }` is one with another value."
                    : "Give a new value a new name with `let`; a loop's values come out with `yield`.";
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
            return List.of(Fix.replace("Write `of`", span, "of"));
        }
    }

    /// @param other what is compared with `null`, or null: it is another comparison
    record LooseEquality(
            Span span, String operator, @Nullable Span other) implements HabitProblem {
        @Override
        public String code() {
            return "W1206";
        }

        @Override
        public String message() {
            return "Weir compares with `%s=`, which converts nothing.".formatted(operator)
                    + (other == null ? "" : " What is missing is not `null`.");
        }

        @Override
        public List<Fix> fixes() {
            var strict = new Edit(span, operator + "=");
            if (other == null) {
                return List.of(new Fix("Write `%s=`".formatted(operator), List.of(strict)));
            }
            return List.of(new Fix(
                    "Take what is missing for `null`, too",
                    List.of(
                            new Edit(new Span(other.start(), other.start()), "("),
                            new Edit(new Span(other.end(), other.end()), " ?? null)"),
                            strict)));
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
            return parentheses("Put the left side into parentheses", span);
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
            return parentheses("Put this part into parentheses", span);
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
            return parentheses("Put the object into parentheses", span);
        }
    }

    /// @param span the word `step` and the white space behind it
    /// @param word what follows it
    record NeedlessStep(Span span, String word) implements HabitProblem {
        @Override
        public String code() {
            return "W1224";
        }

        @Override
        public String message() {
            return "`%s` needs no `step` before it where its value gets no name.".formatted(word);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write `%s`".formatted(word), span, ""));
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
            return List.of(Fix.replace("Write `%s`".formatted(replacement), span, replacement));
        }
    }

    /// @param wanted what Weir writes for it; empty if it writes nothing, and the span reaches to the next word
    record ForeignWord(Span span, String written, String wanted) implements HabitProblem {
        @Override
        public String code() {
            return "W1204";
        }

        @Override
        public String message() {
            return wanted.isEmpty()
                    ? "`%s` is not needed in Weir.".formatted(written)
                    : "Weir writes `%s` for `%s`.".formatted(wanted, written);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace(wanted.isEmpty() ? "Remove it" : "Write `%s`".formatted(wanted), span, wanted));
        }
    }

    /// @param instead what to do instead
    record ForeignForm(Span span, String word, String instead, List<Fix> fixes) implements HabitProblem {
        ForeignForm(Span span, String word, String instead) {
            this(span, word, instead, List.of());
        }

        @Override
        public String code() {
            return "W1211";
        }

        @Override
        public String message() {
            return "Weir has no `%s`.".formatted(word);
        }

        @Override
        public String hint() {
            return instead;
        }
    }

    /// @param span the condition
    record BareCondition(Span span, String word) implements HabitProblem {
        @Override
        public String code() {
            return "W1212";
        }

        @Override
        public String message() {
            return "What follows `%s` stands in parentheses.".formatted(word);
        }

        @Override
        public List<Fix> fixes() {
            return parentheses("Put it into parentheses", span);
        }
    }

    /// @param open the opening parenthesis, and what stands before the item's name
    /// @param close where the closing one stands
    record LoopInParentheses(Span open, Span close) implements HabitProblem {
        @Override
        public Span span() {
            return open;
        }

        @Override
        public String code() {
            return "W1213";
        }

        @Override
        public String message() {
            return "A `for` has no parentheses: `for item of list { … }`.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(new Fix("Remove them", List.of(new Edit(open, ""), new Edit(close, ""))));
        }
    }

    /// @param value what is returned in them, or null if they hold more than a return
    record ArrowBlock(Span span, @Nullable String value) implements HabitProblem {
        @Override
        public String code() {
            return "W1214";
        }

        @Override
        public String message() {
            return "An arrow gives one expression; it has no braces.";
        }

        @Override
        public @Nullable String hint() {
            return value != null ? null : "Put longer code into a `function` with a js fence.";
        }

        @Override
        public List<Fix> fixes() {
            return value == null ? List.of() : List.of(Fix.replace("Write only the value", span, value));
        }
    }

    /// @param value the returned expression, or null if the braces hold more than a return
    record FunctionBlock(Span span, @Nullable String value) implements HabitProblem {
        @Override
        public String code() {
            return "W1215";
        }

        @Override
        public String message() {
            return "A function is one expression after `=`, or a script between ```js and ```.";
        }

        @Override
        public List<Fix> fixes() {
            return value == null ? List.of() : List.of(Fix.replace("Write the expression", span, "= " + value));
        }
    }

    record GenericType(Span span, String written, String wanted) implements HabitProblem {
        @Override
        public String code() {
            return "W1216";
        }

        @Override
        public String message() {
            return "Weir writes `%s` for `%s`.".formatted(wanted, written);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write `%s`".formatted(wanted), span, wanted));
        }
    }

    record OptionalType(Span span) implements HabitProblem {
        @Override
        public String code() {
            return "W1217";
        }

        @Override
        public String message() {
            return "A type has no `?`: a field that may be missing has it after its name, a value that may be null is `T | null`.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Allow null", span, " | null"));
        }
    }

    record LetOfAction(Span span) implements HabitProblem {
        @Override
        public String code() {
            return "W1218";
        }

        @Override
        public String message() {
            return "A call with named arguments is an effect: it is a `step`, not a `let`.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write `step`", span, "step"));
        }
    }

    /// @param word `let` or `step`
    record MissingLet(Span span, String name, String word) implements HabitProblem {
        @Override
        public String code() {
            return "W1219";
        }

        @Override
        public String message() {
            return "Put `%s` before it: `%s` is a new name.".formatted(word, name);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Put `%s` before it".formatted(word), span.start(), word + " "));
        }
    }

    record CaseWithColon(Span span) implements HabitProblem {
        @Override
        public String code() {
            return "W1220";
        }

        @Override
        public String message() {
            return "What a case does stands in braces, not after a colon, and no case falls into the next.";
        }

        @Override
        public String hint() {
            return "Write `case \"a\", \"b\" { … }` and `else { … }`.";
        }
    }

    /// @param span the statement
    record BodyWithoutBraces(Span span, String word) implements HabitProblem {
        @Override
        public String code() {
            return "W1221";
        }

        @Override
        public String message() {
            return "What belongs to `%s` stands in braces.".formatted(word);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(new Fix(
                    "Put it into braces",
                    List.of(
                            new Edit(new Span(span.start(), span.start()), "{ "),
                            new Edit(new Span(span.end(), span.end()), " }"))));
        }
    }

    record ActionInExpression(Span span, String action) implements HabitProblem {
        @Override
        public String code() {
            return "W1222";
        }

        @Override
        public String message() {
            return "`%s` is called with named arguments: that is an effect, and no expression has one."
                    .formatted(action);
        }

        @Override
        public String hint() {
            return "Write `step result = %s(…)` before it and use `result` here.".formatted(action);
        }
    }

    /// @param span from `step` to before `wait`
    record ValueOfWait(Span span) implements HabitProblem {
        @Override
        public String code() {
            return "W1223";
        }

        @Override
        public String message() {
            return "Waiting gives no value: `wait` is a statement of its own.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Remove the name", span, ""));
        }
    }

    /// @param open the opening parenthesis
    /// @param behind what stands behind the name, with the closing one
    record CatchInParentheses(Span open, Span behind, String name) implements HabitProblem {
        @Override
        public Span span() {
            return open;
        }

        @Override
        public String code() {
            return "W1225";
        }

        @Override
        public String message() {
            return "A `catch` has no parentheses: `catch %s { … }`.".formatted(name);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(new Fix("Remove them", List.of(new Edit(open, ""), new Edit(behind, ""))));
        }
    }

    /// @param word `parallel` or `race`
    record NamelessBranches(Span span, String word, List<Fix> fixes) implements HabitProblem {
        @Override
        public String code() {
            return "W1226";
        }

        @Override
        public String message() {
            return "The branches of a `%s` have names, and braces around what they do.".formatted(word);
        }

        @Override
        public String hint() {
            return word.equals("race")
                    ? "Write `race { answer { … yield value } late { wait 1h yield null } }`."
                    : "Write `parallel { mail { … } audit { … } }`.";
        }
    }

    /// @param span the type with its colon
    record TypedCarry(Span span) implements HabitProblem {
        @Override
        public String code() {
            return "W1227";
        }

        @Override
        public String message() {
            return "A carried value has the type of its first value; none is written.";
        }

        @Override
        public String hint() {
            return "Where the first value says too little, give it a name of its own: `let first: T = …` before the loop.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Leave the type out", span, ""));
        }
    }

    record InnerFunction(Span span) implements HabitProblem {
        @Override
        public String code() {
            return "W1228";
        }

        @Override
        public String message() {
            return "Functions stand at the edge of the file, not inside a workflow.";
        }

        @Override
        public String hint() {
            return "Move it out: `function twice(n: number) -> number = n * 2`.";
        }
    }

    private static List<Fix> parentheses(String title, Span span) {
        return List.of(new Fix(
                title,
                List.of(
                        new Edit(new Span(span.start(), span.start()), "("),
                        new Edit(new Span(span.end(), span.end()), ")"))));
    }
}
