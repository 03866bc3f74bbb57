package weir.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Tree.Comment;

/// Things that follow each other, with the comments before, behind and after them, and the blank lines between.
final class Sequences {
    private final Source source;
    private final Comments comments;

    Sequences(Source source, Comments comments) {
        this.source = source;
        this.comments = comments;
    }

    /// Something on lines of its own.
    ///
    /// @param blankBefore whether a blank line must stand before it, if anything does
    record Item(Span span, boolean blankBefore, Supplier<Doc> doc) {
        Item(Span span, Supplier<Doc> doc) {
            this(span, false, doc);
        }
    }

    /// Items below each other, with the comments up to an offset. One blank line stays where there were some.
    ///
    /// @param start where the sequence begins
    /// @param end where it ends
    List<Doc> below(List<Item> items, int start, int end) {
        List<Doc> lines = new ArrayList<>();
        int last = start;
        for (Item item : items) {
            boolean wanted = item.blankBefore;
            for (Comment comment : comments.takeBefore(item.span.start())) {
                last = add(lines, last, comment.span(), wanted, Doc.text(Comments.text(comment)));
                wanted = false;
            }
            last = add(lines, last, item.span, wanted, withSuffixes(item.span, item.doc.get()));
        }
        for (Comment comment : comments.takeBefore(end)) {
            last = add(lines, last, comment.span(), false, Doc.text(Comments.text(comment)));
        }
        return lines;
    }

    private int add(List<Doc> lines, int last, Span span, boolean blankBefore, Doc doc) {
        boolean blank = !lines.isEmpty() && (blankBefore || hasBlankLine(last, span.start()));
        lines.add(blank ? Doc.concat(Breaks.HARD, doc) : doc);
        return span.end();
    }

    private boolean hasBlankLine(int from, int to) {
        int newlines = 0;
        for (int i = from; i < to; i++) {
            char c = source.text().charAt(i);
            if (c == '\n') {
                newlines++;
            } else if (!Character.isWhitespace(c) && c != ',' && c != ';') {
                newlines = 0;
            }
            if (newlines > 1) {
                return true;
            }
        }
        return false;
    }

    private Doc withSuffixes(Span span, Doc doc) {
        List<Doc> parts = new ArrayList<>();
        parts.add(doc);
        comments.takeBehind(span.end()).forEach(comment -> parts.add(new Doc.Suffix(Comments.text(comment))));
        return parts.size() == 1 ? doc : Doc.concat(parts);
    }

    /// Something with the comments that stand before it on lines of their own, and those behind it.
    Doc withComments(Span span, Supplier<Doc> doc) {
        List<Doc> before = commentsBefore(span.start());
        Doc with = withSuffixes(span, doc.get());
        if (before.isEmpty()) {
            return with;
        }
        List<Doc> lines = new ArrayList<>(before);
        lines.add(with);
        return Doc.join(Breaks.HARD, lines);
    }

    /// The comments that are left before an offset.
    List<Doc> commentsBefore(int offset) {
        return comments.takeBefore(offset).stream()
                .map(comment -> Doc.text(Comments.text(comment)))
                .toList();
    }

    boolean hasCommentWithin(Span span) {
        return comments.hasWithin(span);
    }

    /// Items between brackets, divided by commas: on one line, or each on a line of its own.
    ///
    /// @param end the offset of the closing bracket
    Doc enclosed(String open, List<Doc> items, String close, int end) {
        return Doc.group(bracketed(open, items, close, end));
    }

    /// The same as part of a larger group.
    Doc bracketed(String open, List<Doc> items, String close, int end) {
        List<Doc> rest = commentsBefore(end);
        if (items.isEmpty() && rest.isEmpty()) {
            return Doc.text(open + close);
        }
        Doc inner = Doc.join(Doc.concat(",", Breaks.LINE), items);
        return Doc.concat(
                open, Doc.indent(items.isEmpty() ? Breaks.NONE : Breaks.SOFT, inner, tail(rest)), Breaks.SOFT, close);
    }

    /// Comments behind the last item, each on a line of its own.
    static Doc tail(List<Doc> comments) {
        return comments.isEmpty() ? Breaks.NONE : Doc.concat(Breaks.HARD, Doc.join(Breaks.HARD, comments));
    }

    /// Whether the author put the first of these things on another line than the brace before it.
    boolean beginsLine(Span braces, List<Span> inner) {
        return !inner.isEmpty()
                && source.text()
                                .substring(braces.start(), inner.getFirst().start())
                                .indexOf('\n')
                        >= 0;
    }

    /// `/// …` lines, each with its end.
    static Doc docs(String doc) {
        if (doc.isEmpty()) {
            return Breaks.NONE;
        }
        List<Doc> lines = new ArrayList<>();
        doc.lines().forEach(line -> {
            lines.add(Doc.text(line.isEmpty() ? "///" : "/// " + line));
            lines.add(Breaks.HARD);
        });
        return Doc.concat(lines);
    }
}
