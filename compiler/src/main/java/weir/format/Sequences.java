package weir.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.BracketPairs;
import weir.syntax.Tree.Comment;

/// Things that follow each other, with the comments before, behind and after them, and the blank lines between.
///
/// A comment between two tokens is legal everywhere, so none has to move far. In a list of things it stands on a line
/// of its own or at the end of one. In the middle of something it stands where the next part begins; what is left at
/// the end of a thing stands behind it.
final class Sequences {
    private final Source source;
    private final Comments comments;
    private final BracketPairs pairs;

    Sequences(Source source, Comments comments, BracketPairs pairs) {
        this.source = source;
        this.comments = comments;
        this.pairs = pairs;
    }

    /// Something on lines of its own.
    ///
    /// @param blankBefore whether a blank line must stand before it, if anything does
    record Item(Span span, boolean blankBefore, Supplier<Doc> doc) {
        Item(Span span, Supplier<Doc> doc) {
            this(span, false, doc);
        }
    }

    /// A pair of brackets in the text.
    record Brackets(int open, int close) {}

    /// The brackets that end with a span.
    Brackets endingWith(Span span) {
        int close = span.end() - 1;
        return new Brackets(pairs.opening(close), close);
    }

    /// The brackets that begin behind an offset, with nothing but comments between.
    Brackets behind(int offset) {
        int open = comments.next(offset);
        return new Brackets(open, pairs.closing(open));
    }

    // ---- on lines of their own

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
            last = add(lines, last, item.span, wanted, withCommentsBehind(item.span, item.doc.get()));
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

    /// Items in braces, each on lines of its own.
    /// What stands before the opening brace or at the end of its line stays beside it.
    Doc braces(List<Item> items, Brackets braces) {
        List<Comment> beside = fitting(braces.open + 1);
        List<Doc> inner = below(items, braces.open + 1, braces.close);
        if (inner.isEmpty() && beside.isEmpty()) {
            return Doc.text("{}");
        }
        return Doc.concat(
                "{",
                suffixes(beside),
                Doc.indent(inner.isEmpty() ? Breaks.NONE : Breaks.HARD, Doc.join(Breaks.HARD, inner)),
                Breaks.HARD,
                "}");
    }

    /// The comments that are left before an offset or stand behind it to the end of the line, if they fit on one;
    /// the others are left for what follows.
    private List<Comment> fitting(int offset) {
        List<Comment> fitting = new ArrayList<>(comments.takeFitting(offset));
        if (fitting.isEmpty() || !Comments.isLine(fitting.getLast())) {
            fitting.addAll(comments.takeAtLineEnd(offset));
        }
        return fitting;
    }

    private static Doc suffixes(List<Comment> some) {
        return Doc.concat(some.stream()
                .<Doc>map(comment -> new Doc.Suffix(Comments.text(comment)))
                .toList());
    }

    /// Something with the comments that are left in it, or stand behind it to the end of the line.
    private Doc withCommentsBehind(Span span, Doc doc) {
        List<Comment> behind = fitting(span.end());
        return behind.isEmpty() ? doc : Doc.concat(doc, suffixes(behind));
    }

    // ---- in lines

    /// Something with the comments that stand before it and behind it.
    Doc withComments(Span span, Supplier<Doc> doc) {
        Doc before = commentsBefore(span.start());
        Doc with = withCommentsBehind(span, doc.get());
        return Breaks.isNone(before) ? with : Doc.concat(before, with);
    }

    /// The comments that are left before an offset, where a line may begin: each on its own, if it had one.
    Doc commentsBefore(int offset) {
        return before(offset, false);
    }

    /// The comments that are left before an offset, in the middle of a line.
    Doc inlineBefore(int offset) {
        return before(offset, true);
    }

    private Doc before(int offset, boolean inline) {
        if (!comments.hasBefore(offset)) {
            return Breaks.NONE;
        }
        List<Doc> parts = new ArrayList<>();
        boolean begins = !inline;
        for (Comment comment : comments.takeBefore(offset)) {
            parts.add(Doc.text(Comments.text(comment)));
            boolean ends = begins ? comments.needsLine(comment) : Comments.isLine(comment);
            parts.add(ends ? Breaks.HARD : Doc.text(" "));
            begins = !inline && ends;
        }
        return Doc.concat(parts);
    }

    /// The comments that are left before an offset, behind something in the middle of a line; nothing follows on
    /// it.
    Doc inlineBehind(int offset) {
        List<Doc> parts = new ArrayList<>();
        for (Comment comment : comments.takeBefore(offset)) {
            parts.add(Doc.text(" " + Comments.text(comment)));
            if (Comments.isLine(comment)) {
                parts.add(Breaks.HARD);
            }
        }
        return parts.isEmpty() ? Breaks.NONE : Doc.concat(parts);
    }

    boolean hasCommentBefore(int offset) {
        return comments.hasBefore(offset);
    }

    /// Takes the comments that are left before an offset, one by one.
    void each(int offset, Consumer<Doc> consumer) {
        comments.takeBefore(offset).forEach(comment -> consumer.accept(Doc.text(Comments.text(comment))));
    }

    /// Items between brackets, divided by commas: on one line, or each on a line of its own.
    ///
    /// @param open how the opening bracket is written
    Doc enclosed(String open, Brackets brackets, Supplier<List<Doc>> items, String close) {
        return Doc.group(bracketed(open, brackets, items, close));
    }

    /// The same as part of a larger group.
    Doc bracketed(String open, Brackets brackets, Supplier<List<Doc>> items, String close) {
        Doc beside = beside(brackets.open);
        List<Doc> docs = items.get();
        Doc tail = tail(brackets, docs.isEmpty());
        if (docs.isEmpty() && Breaks.isNone(tail) && Breaks.isNone(beside)) {
            return Doc.text(open + close);
        }
        Doc inner = Doc.join(Doc.concat(",", Breaks.LINE), docs);
        return Doc.concat(
                open, beside, Doc.indent(docs.isEmpty() ? Breaks.NONE : Breaks.SOFT, inner, tail), Breaks.SOFT, close);
    }

    /// The comments behind an opening bracket to the end of its line.
    Doc beside(int open) {
        List<Comment> beside = comments.takeAtLineEnd(open + 1);
        return beside.isEmpty() ? Breaks.NONE : suffixes(beside);
    }

    /// The comments behind the last item, up to the closing bracket.
    Doc tail(Brackets brackets, boolean empty) {
        List<Doc> parts = new ArrayList<>();
        boolean endsLine = comments.tookLine(brackets.open);
        for (Comment comment : comments.takeBefore(brackets.close)) {
            String text = Comments.text(comment);
            endsLine |= empty || comments.needsLine(comment);
            parts.add(endsLine ? Doc.concat(Breaks.HARD, text) : new Doc.Last(text));
        }
        return parts.isEmpty() ? Breaks.NONE : Doc.concat(parts);
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
        for (String line : doc.split("\n", -1)) {
            lines.add(Doc.text(line.isEmpty() ? "///" : "/// " + line));
            lines.add(Breaks.HARD);
        }
        return Doc.concat(lines);
    }
}
