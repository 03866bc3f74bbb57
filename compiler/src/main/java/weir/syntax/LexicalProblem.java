package weir.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Fix.Edit;
import weir.source.Severity;
import weir.source.Span;

/// Mistakes in single words, numbers, texts and comments.
sealed interface LexicalProblem extends SyntaxProblem {
    /// @param quote the quotation mark that it began with
    record UnclosedString(Span span, char quote) implements LexicalProblem {
        @Override
        public String code() {
            return "W1001";
        }

        @Override
        public String message() {
            return "This text has no closing %s on its line.".formatted(quote);
        }

        @Override
        public String hint() {
            return "A text of several lines stands between backticks: `…`.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Close the text", span.end(), String.valueOf(quote)));
        }
    }

    record UnclosedTemplate(Span span) implements LexicalProblem {
        @Override
        public String code() {
            return "W1002";
        }

        @Override
        public String message() {
            return "This template has no closing backtick.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Close the template", span.end(), "`"));
        }
    }

    record UnclosedComment(Span span) implements LexicalProblem {
        @Override
        public String code() {
            return "W1003";
        }

        @Override
        public String message() {
            return "This comment has no closing */.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Close the comment at the end of its line", span.end(), " */"));
        }
    }

    record UnclosedFence(Span span) implements LexicalProblem {
        @Override
        public String code() {
            return "W1004";
        }

        @Override
        public String message() {
            return "This script has no closing ```.";
        }

        @Override
        public String hint() {
            return "Put ``` on a line of its own after the script.";
        }
    }

    /// @param replacement what was probably meant, or null
    record BadNumber(Span span, String written, @Nullable String replacement) implements LexicalProblem {
        @Override
        public String code() {
            return "W1005";
        }

        @Override
        public String message() {
            return "`%s` is neither a number nor a duration.".formatted(written);
        }

        @Override
        public String hint() {
            return "Numbers look like 12, 0.5, 1_000 or 2e6; durations like 250ms, 5m or 1h30m.";
        }

        @Override
        public List<Fix> fixes() {
            return replacement == null
                    ? List.of()
                    : List.of(Fix.replace("Write `%s`".formatted(replacement), span, replacement));
        }
    }

    /// @param replacement what was probably meant, or null
    record StrangeCharacter(
            Span span, String written, @Nullable String replacement) implements LexicalProblem {
        @Override
        public String code() {
            return "W1006";
        }

        @Override
        public String message() {
            return replacement == null
                    ? "`%s` has no meaning in Weir.".formatted(written)
                    : "Weir writes `%s` for `%s`.".formatted(replacement, written);
        }

        @Override
        public @Nullable String hint() {
            return replacement != null
                    ? null
                    : "Names are made of the letters a to z, digits and _; any character may stand in a quoted text, so another"
                            + " field is read as record[\"its name\"].";
        }

        @Override
        public List<Fix> fixes() {
            return replacement == null
                    ? List.of()
                    : List.of(Fix.replace("Write `%s`".formatted(replacement), span, replacement));
        }
    }

    record BadEscape(Span span, char letter) implements LexicalProblem {
        @Override
        public String code() {
            return "W1007";
        }

        @Override
        public String message() {
            return "`\\%c` is not an escape that is complete here.".formatted(letter);
        }

        @Override
        public String hint() {
            return "Escapes are \\n \\t \\r \\b \\f \\v \\0 \\xHH \\uHHHH \\u{H…}; write \\\\ for a backslash.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Write a backslash", span.start(), "\\"));
        }
    }

    /// @param written the text with its quotes
    record InterpolationInQuotes(Span span, String written) implements LexicalProblem {
        @Override
        public String code() {
            return "W1008";
        }

        @Override
        public String message() {
            return "`${…}` gives a value only between backticks; in quotes it stays as it is.";
        }

        @Override
        public String hint() {
            return "If the characters themselves are meant, write \\${.";
        }

        @Override
        public List<Fix> fixes() {
            String inner = written.substring(1, written.length() - 1).replace("`", "\\`");
            return List.of(Fix.replace("Use backticks", span, "`" + inner + "`"));
        }
    }

    /// @param all every semicolon of the file; the first is the place of the message
    record Semicolons(List<Span> all) implements LexicalProblem {
        public Semicolons {
            all = List.copyOf(all);
        }

        @Override
        public Span span() {
            return all.getFirst();
        }

        @Override
        public String code() {
            return "W1009";
        }

        @Override
        public String message() {
            return "Weir needs no semicolons: every statement begins with a word of its own.";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public List<Fix> fixes() {
            String title = all.size() == 1 ? "Remove it" : "Remove all %d".formatted(all.size());
            return List.of(
                    new Fix(title, all.stream().map(span -> new Edit(span, "")).toList()));
        }
    }

    record HashComment(Span span) implements LexicalProblem {
        @Override
        public String code() {
            return "W1010";
        }

        @Override
        public String message() {
            return "A comment begins with //, not with #.";
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.replace("Write `//`", new Span(span.start(), span.start() + 1), "//"));
        }
    }

    record RegularExpression(Span span) implements LexicalProblem {
        @Override
        public String code() {
            return "W1011";
        }

        @Override
        public String message() {
            return "Weir has no regular expressions between slashes.";
        }

        @Override
        public String hint() {
            return "matches(text, \"pattern\") looks for a pattern; text.replaceAll(\"a\", \"b\") and text.split(\",\") take"
                    + " texts; for more, call a function with a js fence.";
        }
    }

    /// @param inner what stands between the outer quotes
    record QuoteInText(Span span, String inner, char quote) implements LexicalProblem {
        @Override
        public String code() {
            return "W1012";
        }

        @Override
        public String message() {
            return "This text ends at the first %s inside it.".formatted(quote);
        }

        @Override
        public List<Fix> fixes() {
            String other = quote == '\'' && inner.indexOf('"') < 0 ? "\"" : "";
            return List.of(
                    other.isEmpty()
                            ? Fix.replace(
                                    "Write a backslash before it",
                                    span,
                                    quote + inner.replace("" + quote, "\\" + quote) + quote)
                            : Fix.replace("Use double quotes", span, other + inner + other));
        }
    }

    /// A character that no text file holds on purpose.
    ///
    /// @param span the first one
    /// @param count how many there are in the file
    record LostCharacter(Span span, int character, int count) implements LexicalProblem {
        @Override
        public String code() {
            return "W1013";
        }

        @Override
        public String message() {
            String what = character == 0
                    ? "is a zero character"
                    : character == 0xFFFD ? "was a character that got lost" : "is half a character";
            return "Here %s (U+%04X)%s.".formatted(what, character, count == 1 ? "" : ", the first of " + count);
        }

        @Override
        public String hint() {
            return character == 0xFFFD
                    ? "The text is not UTF-8, or was not when it was saved: restore the character and save it as UTF-8."
                    : "No file can hold it: take it out, or write it as an escape in a quoted text.";
        }
    }
}
