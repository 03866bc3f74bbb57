package weir.syntax;

import weir.source.Span;

/// Texts that are refused before they are read, because no person writes them.
sealed interface LimitProblem extends SyntaxProblem {
    record TooLong(Span span, int length, int limit) implements LimitProblem {
        @Override
        public String code() {
            return "W1901";
        }

        @Override
        public String message() {
            return "This text has %d characters; a file may have %d.".formatted(length, limit);
        }

        @Override
        public String hint() {
            return "Split it into files, and name them with `use \"other.weir\"`.";
        }
    }

    record TooDeep(Span span, int limit) implements LimitProblem {
        @Override
        public String code() {
            return "W1902";
        }

        @Override
        public String message() {
            return "This is nested deeper than %d levels.".formatted(limit);
        }

        @Override
        public String hint() {
            return "Give inner parts names with `let`, or put them into a function or another workflow.";
        }
    }

    record TooManyInARow(Span span, int limit) implements LimitProblem {
        @Override
        public String code() {
            return "W1902";
        }

        @Override
        public String message() {
            return "More than %d operators stand in a row here.".formatted(limit);
        }

        @Override
        public String hint() {
            return "Take a list: [a, b].join(\"\"), .reduce((x, y) => x + y), .every(…) or .some(…); many cases of `? :` are rows"
                    + " of `rules` or fields of a record. Parentheses around parts of the row help, too.";
        }
    }

    record TooManyMistakes(Span span, int told) implements LimitProblem {
        @Override
        public String code() {
            return "W1903";
        }

        @Override
        public String message() {
            return "After %d mistakes the rest of this was not looked into.".formatted(told);
        }

        @Override
        public String hint() {
            return "Correct these first; the others show then.";
        }
    }

    record TooManyRows(Span span, int limit) implements LimitProblem {
        @Override
        public String code() {
            return "W1904";
        }

        @Override
        public String message() {
            return "A table may have %d rows; from here on they are not read.".formatted(limit);
        }

        @Override
        public String hint() {
            return "Keep so much data in a database or a file, and look it up in a step.";
        }
    }
}
