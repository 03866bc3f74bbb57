package weir.format;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.source.Source;
import weir.syntax.Tree.Comment;

/// The comments of a text, and which of them are not written yet. They are taken in their order, so nothing that is
/// written may take a later one before an earlier one was taken.
final class Comments {
    private final Source source;
    private final NavigableMap<Integer, Comment> all = new TreeMap<>();
    private final NavigableMap<Integer, Comment> byEnd = new TreeMap<>();
    private final NavigableMap<Integer, Comment> pending;

    /// The last one that was taken.
    private @Nullable Comment last;

    Comments(Source source, List<Comment> comments) {
        this.source = source;
        comments.forEach(comment -> all.put(comment.span().start(), comment));
        comments.forEach(comment -> byEnd.put(comment.span().end(), comment));
        pending = new TreeMap<>(all);
    }

    private Comments(Comments same) {
        source = same.source;
        all.putAll(same.all);
        byEnd.putAll(same.byEnd);
        pending = new TreeMap<>();
    }

    /// The same text where all were taken: for what is written without comments.
    Comments taken() {
        return new Comments(this);
    }

    /// Takes those that stand before an offset.
    List<Comment> takeBefore(int offset) {
        return take(pending.headMap(offset, false));
    }

    /// Takes those that stand before an offset and fit at the end of one line: up to the first that lasts to its
    /// end.
    List<Comment> takeFitting(int offset) {
        for (Comment comment : pending.headMap(offset, false).values()) {
            if (isLine(comment)) {
                return take(pending.headMap(comment.span().start(), true));
            }
        }
        return takeBefore(offset);
    }

    private List<Comment> take(NavigableMap<Integer, Comment> some) {
        List<Comment> list = List.copyOf(some.values());
        some.clear();
        last = list.isEmpty() ? last : list.getLast();
        return list;
    }

    /// Takes those that stand behind an offset up to the end of its line, if nothing else stands there but a comma
    /// or a semicolon.
    List<Comment> takeAtLineEnd(int offset) {
        if (hasBefore(offset)) {
            return List.of();
        }
        List<Comment> behind = new ArrayList<>();
        int end = offset;
        while (true) {
            int next = end;
            while (next < text().length() && isFiller(text().charAt(next))) {
                next++;
            }
            Comment comment = pending.get(next);
            if (comment == null) {
                boolean ends = next == text().length() || isLineEnd(text().charAt(next));
                return ends && !behind.isEmpty() ? take(pending.headMap(end, false)) : List.of();
            }
            behind.add(comment);
            end = comment.span().end();
        }
    }

    private String text() {
        return source.text();
    }

    private static boolean isFiller(char c) {
        return c == ',' || c == ';' || (Character.isWhitespace(c) && !isLineEnd(c));
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    boolean hasBefore(int offset) {
        return !pending.isEmpty() && pending.firstKey() < offset;
    }

    /// Whether one that lasts to the end of its line stands before an offset.
    boolean hasLineBefore(int offset) {
        return pending.headMap(offset, false).values().stream().anyMatch(Comments::isLine);
    }

    /// Whether the last one that was taken stands behind an offset and lasts to the end of its line.
    boolean tookLine(int offset) {
        return last != null && last.span().start() > offset && isLine(last);
    }

    /// Whether nothing may stand behind it on its line, or nothing stood on its lines.
    boolean needsLine(Comment comment) {
        return isLine(comment) || isAlone(comment);
    }

    /// Whether it lasts to the end of its line.
    static boolean isLine(Comment comment) {
        return comment.text().startsWith("//");
    }

    private boolean isAlone(Comment comment) {
        int before = comment.span().start() - 1;
        while (before >= 0 && isBlank(text().charAt(before))) {
            before--;
        }
        int after = comment.span().end();
        while (after < text().length() && isBlank(text().charAt(after))) {
            after++;
        }
        return (before < 0 || isLineEnd(text().charAt(before)))
                && (after == text().length() || isLineEnd(text().charAt(after)));
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) && !isLineEnd(c);
    }

    /// The first offset from one on where neither white space nor a comment stands.
    int next(int offset) {
        int at = offset;
        while (at < text().length()) {
            Comment comment = all.get(at);
            if (comment != null) {
                at = comment.span().end();
            } else if (isNothing(text().charAt(at))) {
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    /// White space, and what is read as if it were not there.
    private static boolean isNothing(char c) {
        return Character.isWhitespace(c) || c == '\uFEFF' || c == ';';
    }

    /// The offset behind the last thing before one that is neither white space nor a comment.
    int endBefore(int offset) {
        int at = offset;
        while (at > 0) {
            Comment comment = byEnd.get(at);
            if (comment != null) {
                at = comment.span().start();
            } else if (isNothing(text().charAt(at - 1))) {
                at--;
            } else {
                break;
            }
        }
        return at;
    }

    /// A comment as it is written: without white space at the ends of its lines. A `///` that belongs to nothing
    /// gets two slashes, or it would belong to what happens to follow it.
    static String text(Comment comment) {
        String text = comment.text();
        if (text.startsWith("///") && !text.startsWith("////")) {
            return text.substring(1).stripTrailing();
        }
        return String.join(
                "\n", comment.text().lines().map(String::stripTrailing).toList());
    }
}
