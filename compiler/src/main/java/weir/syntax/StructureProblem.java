package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import weir.source.Diagnostic.Related;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Source;
import weir.source.Span;

/// Mistakes in how a text is put together: brackets, missing pieces, pieces in the wrong place, tables.
sealed interface StructureProblem extends SyntaxProblem {
    /// @param at where the closing bracket should be
    /// @param insertion it with its line
    record UnclosedBracket(Span span, String opening, String closing, int at, String insertion)
            implements StructureProblem {
        @Override
        public String code() {
            return "W1101";
        }

        @Override
        public String message() {
            return "This `%s` is never closed.".formatted(opening);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Close it here", at, insertion));
        }
    }

    record StrayBracket(Span span, String written) implements StructureProblem {
        @Override
        public String code() {
            return "W1102";
        }

        @Override
        public String message() {
            return "This `%s` closes nothing.".formatted(written);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Remove it", span, ""));
        }
    }

    /// @param meant the word of the language that it resembles
    record Misspelled(Span span, String written, String meant) implements StructureProblem {
        @Override
        public String code() {
            return "W1103";
        }

        @Override
        public String message() {
            return "`%s` is not a word of the language; did you mean `%s`?".formatted(written, meant);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write `%s`".formatted(meant), span, meant));
        }
    }

    record NotADeclaration(Span span, String written) implements StructureProblem {
        @Override
        public String code() {
            return "W1104";
        }

        @Override
        public String message() {
            return "`%s` does not begin a declaration.".formatted(written);
        }

        @Override
        public String hint() {
            return "A file is made of use, type, let, settings, function, policy, rules, workflow, integration and test.";
        }
    }

    /// @param what such as "A value"
    /// @param after the word or sign that it should follow
    record MissingPart(Span span, String what, String after) implements StructureProblem {
        @Override
        public String code() {
            return "W1105";
        }

        @Override
        public String message() {
            return "%s is missing after `%s`.".formatted(what, after);
        }
    }

    /// What nothing better is known about.
    ///
    /// @param written the word or sign
    /// @param place where the reader was, such as "in a workflow"
    /// @param possible what can stand there
    record Unexpected(Span span, String written, String place, String possible) implements StructureProblem {
        @Override
        public String code() {
            return "W1106";
        }

        @Override
        public String message() {
            return "`%s` cannot stand here, %s.".formatted(written, place);
        }

        @Override
        public String hint() {
            return possible;
        }
    }

    /// What stands behind an expression that stands alone.
    record Another(Span span, String written) implements StructureProblem {
        @Override
        public String code() {
            return "W1106";
        }

        @Override
        public String message() {
            return "`%s` cannot stand here, behind a whole expression.".formatted(written);
        }

        @Override
        public String hint() {
            return "One expression gives one value; several stand in a list `[a, b]` or in a record `{ a, b }`.";
        }
    }

    record NoExpression(Span span) implements StructureProblem {
        @Override
        public String code() {
            return "W1105";
        }

        @Override
        public String message() {
            return "An expression is missing.";
        }
    }

    /// @param words words or signs that the language wants there
    /// @param insertion them with the space around them
    record MissingWords(Span span, String words, String insertion) implements StructureProblem {
        @Override
        public String code() {
            return "W1107";
        }

        @Override
        public String message() {
            return "`%s` is missing here.".formatted(words);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Write `%s`".formatted(words), span.start(), insertion));
        }
    }

    /// @param own whether it is a word of Weir's own, and not one that JavaScript keeps for itself
    /// @param uses where it is used as the name
    record ReservedName(Span span, String word, boolean own, List<Span> uses) implements StructureProblem {
        @Override
        public String code() {
            return "W1108";
        }

        @Override
        public String message() {
            return "`%s` is a word of %s and cannot be a name.".formatted(word, own ? "the language" : "JavaScript");
        }

        @Override
        public List<Fix> fixes() {
            String name = word + "_";
            var edits = new ArrayList<>(List.of(new Fix.Edit(span, name)));
            uses.forEach(use -> edits.add(new Fix.Edit(use, name)));
            return List.of(new Fix("Write `%s`".formatted(name), edits));
        }
    }

    record MisplacedHead(Span span, String word) implements StructureProblem {
        @Override
        public String code() {
            return "W1109";
        }

        @Override
        public String message() {
            return "`%s` stands before the first statement of a workflow.".formatted(word);
        }

        @Override
        public String hint() {
            return "A workflow has first its triggers (on …), then its settings (priority, once per, at most, timeout, on failure),"
                    + " then its statements.";
        }
    }

    record AfterReturn(Span span, Span returned) implements StructureProblem {
        @Override
        public String code() {
            return "W1110";
        }

        @Override
        public String message() {
            return "Nothing can follow a `return` without a value.";
        }

        @Override
        public List<Related> related(Source source) {
            return List.of(new Related(new Location(source, returned), "the block ends here"));
        }
    }

    record Twice(Span span, String word, Span earlier) implements StructureProblem {
        @Override
        public String code() {
            return "W1111";
        }

        @Override
        public String message() {
            return "`%s` is given twice.".formatted(word);
        }

        @Override
        public List<Related> related(Source source) {
            return List.of(new Related(new Location(source, earlier), "it is given here already"));
        }
    }

    record MapBesideFields(Span span) implements StructureProblem {
        @Override
        public String code() {
            return "W1112";
        }

        @Override
        public String message() {
            return "A record has either named fields or `[name]: T` for any name, not both.";
        }

        @Override
        public String hint() {
            return "Put the free names into a field of their own, such as `labels: { [name]: string }`.";
        }
    }

    record NotACount(Span span, String written) implements StructureProblem {
        @Override
        public String code() {
            return "W1113";
        }

        @Override
        public String message() {
            return "`%s` is not a number of times: it must be whole, from 1 to 1000000.".formatted(written);
        }
    }

    record TableLineWidth(Span span, int columns, int expected) implements StructureProblem {
        @Override
        public String code() {
            return "W1114";
        }

        @Override
        public String message() {
            return "The line under the head has %d columns, the head has %d.".formatted(columns, expected);
        }

        @Override
        public String hint() {
            return "`weir fmt` draws the line anew.";
        }
    }

    record RowWidth(Span span, int inputs, int outputs, int inputColumns, int outputColumns, Span head)
            implements StructureProblem {
        @Override
        public String code() {
            return "W1115";
        }

        @Override
        public String message() {
            return "This row has %d and %d cells before and after `||`; the head has %d and %d."
                    .formatted(inputs, outputs, inputColumns, outputColumns);
        }

        @Override
        public String hint() {
            return "Write - in a cell for which any value is right.";
        }

        @Override
        public List<Related> related(Source source) {
            return List.of(new Related(new Location(source, head), "the head"));
        }
    }

    /// @param from where the replacement begins, which is before the white space that it does not have
    record WrongSign(Span span, String written, String wanted, int from) implements StructureProblem {
        @Override
        public String code() {
            return "W1116";
        }

        @Override
        public String message() {
            return "Here stands `%s`, not `%s`.".formatted(wanted, written);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write `%s`".formatted(wanted), new Span(from, span.end()), wanted));
        }
    }

    record SurplusSign(Span span, String written) implements StructureProblem {
        @Override
        public String code() {
            return "W1117";
        }

        @Override
        public String message() {
            return "This `%s` is one too many.".formatted(written);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Remove it", span, ""));
        }
    }

    record MisplacedStatement(Span span, String word) implements StructureProblem {
        @Override
        public String code() {
            return "W1118";
        }

        @Override
        public String message() {
            return "`%s` is a statement: it stands in a workflow.".formatted(word);
        }

        @Override
        public String hint() {
            return "Put it between the braces of `workflow name() { … }`.";
        }
    }

    record LineWithoutOutputs(Span span) implements StructureProblem {
        @Override
        public String code() {
            return "W1119";
        }

        @Override
        public String message() {
            return "This line of a table has no `||` between its inputs and its outputs.";
        }
    }

    record ShortTableLine(Span span) implements StructureProblem {
        @Override
        public String code() {
            return "W1120";
        }

        @Override
        public String message() {
            return "The line under a table's head has at least three dashes in each column.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write `---`", span, "---"));
        }
    }

    record MissingTableLine(Span span) implements StructureProblem {
        @Override
        public String code() {
            return "W1121";
        }

        @Override
        public String message() {
            return "Under the head of a table there is a line of dashes.";
        }

        @Override
        public String hint() {
            return "Write | --- || --- | with as many columns as the head.";
        }
    }

    record BareCellCondition(Span span) implements StructureProblem {
        @Override
        public String code() {
            return "W1122";
        }

        @Override
        public String message() {
            return "A condition in a cell stands in parentheses.";
        }

        @Override
        public String hint() {
            return "Without them a cell is a value, a list of values, >= value, or a range 1..5 or 1 ..< 5.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(new Fix(
                    "Put it into parentheses",
                    List.of(
                            new Fix.Edit(new Span(span.start(), span.start()), "("),
                            new Fix.Edit(new Span(span.end(), span.end()), ")"))));
        }
    }

    /// @param text the words in quotes
    record MissingQuotes(Span span, String text) implements StructureProblem {
        @Override
        public String code() {
            return "W1123";
        }

        @Override
        public String message() {
            return "Here stands a text, in quotes.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write `%s`".formatted(text), span, text));
        }
    }

    record EmptyCell(Span span) implements StructureProblem {
        @Override
        public String code() {
            return "W1124";
        }

        @Override
        public String message() {
            return "A cell of a table is not empty: write - for any value.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Write `-`", span.start(), " -"));
        }
    }
}
