package weir.ide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import weir.source.Source;
import weir.source.Span;

/// What the bare text says about a place: the word under the cursor, the line before it, and which bracket is open.
/// It is right also where nothing can be parsed.
///
/// @param word the part of a name that stands before the cursor and after it
/// @param before the text of the line before the word
/// @param opener the text before the innermost open bracket, back to the start of its line; empty at the top
/// @param bracket that bracket, or a space at the top
record Position(Span word, String prefix, String before, String opener, char bracket) {
    static Position of(Source source, int offset) {
        String text = source.text();
        int start = offset;
        while (start > 0 && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        int end = offset;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        int line = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
        int open = innermost(text, start);
        int openLine = open < 0 ? 0 : text.lastIndexOf('\n', open) + 1;
        return new Position(
                new Span(start, end),
                text.substring(start, offset),
                line <= start ? text.substring(line, start) : "",
                open < 0 ? "" : text.substring(openLine, open).strip(),
                open < 0 ? ' ' : text.charAt(open));
    }

    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /// Whether only white space stands on the line before the word.
    boolean isLineStart() {
        return before.isBlank();
    }

    /// Whether the innermost bracket holds statements, cases or policies, and not a value.
    boolean isInBlock() {
        return bracket == '{'
                && !opener.matches(".*([=:(,\\[>?|&]|\\b(return|yield|with|body|query|headers|gives|log|emit .*))$");
    }

    /// The offset of the innermost bracket that is open at the offset, -1 when there is none.
    private static int innermost(String text, int offset) {
        Deque<Integer> open = open(text, offset);
        return open.isEmpty() ? -1 : open.peek();
    }

    /// The offsets of the brackets that are open at an offset, the innermost first.
    static List<Integer> openers(String text, int offset) {
        return List.copyOf(open(text, offset));
    }

    /// What the brackets around an offset hold, the innermost first; those that nothing closes are left out.
    static List<Span> brackets(String text, int offset) {
        var spans = new ArrayList<Span>();
        int from = offset;
        for (int opener : open(text, offset)) {
            int end = closing(text, from);
            if (end < 0) {
                break;
            }
            spans.add(new Span(opener + 1, end));
            from = end + 1;
        }
        return spans;
    }

    /// The offset of the next bracket that closes more than was opened since, -1 when there is none.
    private static int closing(String text, int from) {
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                at = skipText(text, at, c);
            } else if (c == '/' && at + 1 < text.length() && text.charAt(at + 1) == '/') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '{' || c == '(' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ')' || c == ']') && --depth < 0) {
                return at;
            }
        }
        return -1;
    }

    /// The offsets of the brackets that are open at the offset, the innermost first. Texts and comments are skipped
    /// as well as a scan can.
    private static Deque<Integer> open(String text, int offset) {
        Deque<Integer> open = new ArrayDeque<>();
        int at = 0;
        while (at < offset) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                at = skipText(text, at, c);
            } else if (c == '/' && at + 1 < text.length() && text.charAt(at + 1) == '/') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '{' || c == '(' || c == '[') {
                open.push(at);
            } else if ((c == '}' || c == ')' || c == ']') && !open.isEmpty()) {
                open.pop();
            }
            at++;
        }
        return open;
    }

    /// The offset of the closing quote, or of the line's end where it is missing.
    private static int skipText(String text, int start, char quote) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
