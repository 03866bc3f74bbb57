package weir.format;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Tree.Comment;

/// The comments that are not written yet, by where they stood.
final class Comments {
    private final Source source;
    private final NavigableMap<Integer, Comment> pending = new TreeMap<>();

    /// What was taken, in order, so that it can be put back.
    private final List<Comment> taken = new ArrayList<>();

    Comments(Source source, List<Comment> comments) {
        this.source = source;
        comments.forEach(comment -> pending.put(comment.span().start(), comment));
    }

    /// Takes those that stand before an offset.
    List<Comment> takeBefore(int offset) {
        return take(pending.headMap(offset, false));
    }

    private List<Comment> take(NavigableMap<Integer, Comment> some) {
        List<Comment> list = List.copyOf(some.values());
        some.clear();
        taken.addAll(list);
        return list;
    }

    /// Takes those that stand behind an offset on its line, with nothing but white space and a comma or semicolon between.
    List<Comment> takeBehind(int offset) {
        List<Comment> behind = new ArrayList<>();
        int end = offset;
        while (true) {
            var next = pending.ceilingEntry(end);
            if (next == null || !isEmpty(source.text().substring(end, next.getKey()))) {
                return behind;
            }
            behind.addAll(take(pending.subMap(next.getKey(), true, next.getKey(), true)));
            end = next.getValue().span().end();
        }
    }

    private static boolean isEmpty(String between) {
        return between.indexOf('\n') < 0
                && between.indexOf('\r') < 0
                && between.replace(",", "").replace(";", "").isBlank();
    }

    boolean hasWithin(Span span) {
        Integer first = pending.ceilingKey(span.start());
        return first != null && first < span.end();
    }

    boolean hasBefore(int offset) {
        return !pending.isEmpty() && pending.firstKey() < offset;
    }

    /// Takes those that stand within a span because its text is written as it was.
    void dropWithin(Span span) {
        take(pending.subMap(span.start(), true, span.end(), false));
    }

    /// Puts back some of those that were taken.
    void putBack(List<Comment> some) {
        taken.removeAll(some);
        some.forEach(comment -> pending.put(comment.span().start(), comment));
    }

    /// How many are taken now, to come back to.
    int mark() {
        return taken.size();
    }

    /// Puts back what was taken since.
    void reset(int mark) {
        while (taken.size() > mark) {
            Comment comment = taken.removeLast();
            pending.put(comment.span().start(), comment);
        }
    }

    /// A comment as it is written: without white space at the ends of its lines.
    static String text(Comment comment) {
        return String.join(
                "\n", comment.text().lines().map(String::stripTrailing).toList());
    }
}
