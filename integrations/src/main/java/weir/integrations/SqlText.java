package weir.integrations;

import java.util.ArrayList;
import java.util.List;
import weir.worker.StepFailure;

/// One SQL statement whose placeholders (`:name` or `$1`) were found, and written as JDBC has them.
///
/// @param jdbc with a `?` for each placeholder
/// @param places what goes there, in order: names, or numbers from 1
record SqlText(String jdbc, List<String> places) {
    SqlText {
        places = List.copyOf(places);
    }

    static SqlText of(String sql) throws StepFailure {
        return new Reader(sql).read();
    }

    /// Whether a place is a number.
    static boolean isNumber(String place) {
        return Character.isDigit(place.charAt(0));
    }

    /// Goes through the text once. What stands in strings, quoted names and comments is copied as it is.
    private static final class Reader {
        private final String sql;
        private final StringBuilder jdbc = new StringBuilder();
        private final List<String> places = new ArrayList<>();
        private int at;

        Reader(String sql) {
            this.sql = sql;
        }

        SqlText read() throws StepFailure {
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (c == '\'') {
                    boolean escapes = at > 0
                            && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E')
                            && (at < 2 || !isWord(sql.charAt(at - 2)));
                    copy(quoted('\'', escapes));
                } else if (c == '"') {
                    copy(quoted('"', false));
                } else if (sql.startsWith("--", at)) {
                    int end = sql.indexOf('\n', at);
                    copy(end < 0 ? sql.length() : end);
                } else if (sql.startsWith("/*", at)) {
                    copy(comment());
                } else if (c == '$') {
                    dollar();
                } else if (c == ':') {
                    colon();
                } else if (c == ';') {
                    end();
                } else if (c == '?') {
                    // An operator of PostgreSQL, which JDBC would take for a placeholder.
                    jdbc.append("??");
                    at++;
                } else {
                    jdbc.append(c);
                    at++;
                }
            }
            return new SqlText(jdbc.toString(), places);
        }

        private void copy(int end) {
            jdbc.append(sql, at, end);
            at = end;
        }

        private int quoted(char mark, boolean escapes) throws StepFailure {
            for (int i = at + 1; i < sql.length(); i++) {
                char c = sql.charAt(i);
                if (c == '\\' && escapes) {
                    i++;
                } else if (c == mark) {
                    if (i + 1 < sql.length() && sql.charAt(i + 1) == mark) {
                        i++;
                    } else {
                        return i + 1;
                    }
                }
            }
            throw bad("something in quotes does not end");
        }

        private int comment() throws StepFailure {
            int depth = 0;
            for (int i = at; i < sql.length(); i++) {
                if (sql.startsWith("/*", i)) {
                    depth++;
                    i++;
                } else if (sql.startsWith("*/", i)) {
                    i++;
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
            }
            throw bad("a comment does not end");
        }

        /// `$1`, or a string between two `$tag$`.
        private void dollar() throws StepFailure {
            int end = at + 1;
            while (end < sql.length() && isWord(sql.charAt(end))) {
                end++;
            }
            boolean inName = at > 0 && isWord(sql.charAt(at - 1));
            if (!inName && end < sql.length() && sql.charAt(end) == '$' && !startsWithDigit(at + 1)) {
                String tag = sql.substring(at, end + 1);
                int close = sql.indexOf(tag, end + 1);
                if (close < 0) {
                    throw bad("the string that begins with " + tag + " does not end");
                }
                copy(close + tag.length());
            } else if (!inName
                    && end > at + 1
                    && sql.substring(at + 1, end).chars().allMatch(Character::isDigit)) {
                place(at + 1, end);
            } else {
                copy(end);
            }
        }

        private boolean startsWithDigit(int index) {
            return index < sql.length() && Character.isDigit(sql.charAt(index));
        }

        /// `:name`, but neither a cast (`::text`) nor `:=`.
        private void colon() {
            if (sql.startsWith("::", at)) {
                copy(at + 2);
                return;
            }
            int end = at + 1;
            while (end < sql.length() && isWord(sql.charAt(end))) {
                end++;
            }
            if (end > at + 1 && !startsWithDigit(at + 1)) {
                place(at + 1, end);
            } else {
                copy(at + 1);
            }
        }

        private void place(int from, int end) {
            places.add(sql.substring(from, end));
            jdbc.append('?');
            at = end;
        }

        private void end() throws StepFailure {
            if (!sql.substring(at + 1).isBlank()) {
                throw bad("it holds more than one statement; give each a step of its own, or use a function of the"
                        + " database");
            }
            at = sql.length();
        }

        private static boolean isWord(char c) {
            return c == '_' || (c < 128 ? Character.isLetterOrDigit(c) : Character.isLetter(c));
        }

        private static StepFailure bad(String what) {
            return StepFailure.permanent("bad_sql", "the SQL cannot be used: " + what);
        }
    }
}
