package weir.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// Chooses where lines break: a group stays on one line if what comes up to the next possible break fits.
final class Layout {
    private static final String STEP = "  ";

    private final int width;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Piece> rest = new ArrayDeque<>();
    private final List<String> suffixes = new ArrayList<>();
    private int column;

    /// @param flat whether its lines do not break
    private record Piece(Doc doc, int indent, boolean flat) {}

    private Layout(int width) {
        this.width = width;
    }

    static String print(Doc doc, int width) {
        var layout = new Layout(width);
        layout.print(new Piece(doc, 0, false));
        layout.endLine();
        return layout.out.toString();
    }

    /// On one line, whatever its length; only for what does not break.
    static String flat(Doc doc) {
        var layout = new Layout(Integer.MAX_VALUE);
        layout.print(new Piece(doc, 0, true));
        return layout.out.toString();
    }

    private void print(Piece whole) {
        rest.push(whole);
        while (!rest.isEmpty()) {
            Piece piece = rest.pop();
            switch (piece.doc) {
                case Doc.Text text -> write(text.text());
                case Doc.Line line -> line(line, piece);
                case Doc.Concat concat -> {
                    for (Doc part : concat.parts().reversed()) {
                        rest.push(new Piece(part, piece.indent, piece.flat));
                    }
                }
                case Doc.Group group -> {
                    var flat = new Piece(group.content(), piece.indent, true);
                    boolean fits = piece.flat || (!group.breaks() && fits(flat));
                    rest.push(fits ? flat : new Piece(group.content(), piece.indent, false));
                }
                case Doc.Indent indent -> rest.push(new Piece(indent.content(), piece.indent + 1, piece.flat));
                case Doc.Hang hang -> hang(hang, piece);
                case Doc.IfBroken either -> write(piece.flat ? either.flat() : either.broken());
                case Doc.Suffix suffix -> suffixes.add(suffix.text());
                case Doc.Last last -> {
                    if (piece.flat) {
                        write(" " + last.text());
                    } else {
                        suffixes.add(last.text());
                    }
                }
            }
        }
    }

    private void hang(Doc.Hang hang, Piece piece) {
        Doc inLine = Doc.concat(hang.word(), " ", hang.content());
        var flat = new Piece(inLine, piece.indent, true);
        if (piece.flat || (!hang.content().breaks() && fits(flat))) {
            rest.push(flat);
            return;
        }
        int start = column;
        column = STEP.length() * (piece.indent + 1);
        var below = new Piece(hang.content(), piece.indent + 1, true);
        boolean fitsBelow = !hang.content().breaks() && fits(below);
        column = start;
        if (fitsBelow) {
            rest.push(below);
            rest.push(new Piece(Doc.concat(hang.word(), Doc.indent(Breaks.HARD)), piece.indent, false));
        } else {
            rest.push(new Piece(inLine, piece.indent, false));
        }
    }

    private void write(String text) {
        out.append(text);
        int line = text.lastIndexOf('\n');
        column = line < 0 ? column + text.length() : text.length() - line - 1;
    }

    private void line(Doc.Line line, Piece piece) {
        if (piece.flat && !line.hard()) {
            write(line.flat());
            return;
        }
        endLine();
        out.append('\n').append(STEP.repeat(piece.indent));
        column = STEP.length() * piece.indent;
    }

    /// Writes the comments that waited for the end of the line; no line ends with a space.
    private void endLine() {
        suffixes.forEach(suffix -> out.append(' ').append(suffix));
        suffixes.clear();
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == ' ') {
            end--;
        }
        out.setLength(end);
    }

    /// Whether a piece and what follows it up to the next place where a line may break fit on the line.
    private boolean fits(Piece piece) {
        int left = width - column;
        Deque<Piece> pending = new ArrayDeque<>();
        pending.push(piece);
        Iterator<Piece> following = rest.iterator();
        boolean inside = true;
        while (left >= 0) {
            if (pending.isEmpty()) {
                inside = false;
                if (!following.hasNext()) {
                    return true;
                }
                pending.push(following.next());
            }
            Piece next = pending.pop();
            switch (next.doc) {
                case Doc.Text text -> {
                    int end = text.text().indexOf('\n');
                    if (end >= 0) {
                        return left >= end;
                    }
                    left -= text.text().length();
                }
                case Doc.Line line -> {
                    // Behind the piece, any line may break, also one in a group that is not tried yet.
                    if (line.hard() || !inside) {
                        return true;
                    }
                    left -= line.flat().length();
                }
                case Doc.Concat concat -> {
                    for (Doc part : concat.parts().reversed()) {
                        pending.push(new Piece(part, next.indent, next.flat));
                    }
                }
                case Doc.Group group -> pending.push(new Piece(group.content(), next.indent, inside));
                case Doc.Indent indent -> pending.push(new Piece(indent.content(), next.indent, next.flat));
                case Doc.Hang hang -> {
                    if (!inside) {
                        return true;
                    }
                    pending.push(new Piece(Doc.concat(hang.word(), " ", hang.content()), next.indent, true));
                }
                case Doc.IfBroken either -> left -= (next.flat ? either.flat() : either.broken()).length();
                case Doc.Suffix _ -> {}
                case Doc.Last last -> left -= next.flat ? last.text().length() + 1 : 0;
            }
        }
        return false;
    }
}
