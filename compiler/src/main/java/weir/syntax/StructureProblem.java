package weir.syntax;

import java.util.List;
import weir.source.Diagnostic.Related;
import weir.source.Location;
import weir.source.Source;
import weir.source.Span;

/// Mistakes in how a text is put together: brackets, missing pieces, pieces in the wrong place, tables.
sealed interface StructureProblem extends SyntaxProblem {
    /// What nothing better is known about.
    ///
    /// @param written the word or sign
    /// @param place where the reader was, such as "a workflow"
    /// @param possible what can stand there
    record Unexpected(Span span, String written, String place, String possible) implements StructureProblem {
        @Override
        public String code() {
            return "W1106";
        }

        @Override
        public String message() {
            return "`%s` cannot stand here, in %s.".formatted(written, place);
        }

        @Override
        public String hint() {
            return possible;
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
            return "This row has %d cells before and %d after `||`; the head has %d and %d."
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
}
