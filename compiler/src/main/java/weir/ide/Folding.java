package weir.ide;

import java.util.List;
import java.util.TreeSet;
import weir.check.Lookup;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;

/// Lines that can be folded away behind the first.
///
/// @param from the line that stays, from 1
/// @param to the last line that goes
/// @param comment whether it is a comment
public record Folding(int from, int to, boolean comment) implements Comparable<Folding> {
    static List<Folding> of(Document document) {
        Source source = document.source();
        var foldings = new TreeSet<Folding>();
        for (Declaration declaration : document.tree().declarations()) {
            add(source, declaration.span(), false, foldings);
        }
        for (Object piece : document.lookup().pieces()) {
            boolean folds = piece instanceof Tree.Block
                    || piece instanceof Statement.Parallel
                    || piece instanceof Statement.Race
                    || piece instanceof Statement.Split
                    || piece instanceof Statement.Switch
                    || piece instanceof Statement.Step
                    || piece instanceof Expression.ObjectLiteral
                    || piece instanceof Expression.ListLiteral;
            if (folds && Lookup.place(piece) instanceof Span span) {
                add(source, span, false, foldings);
            }
        }
        for (Tree.Comment comment : document.tree().comments()) {
            add(source, comment.span(), true, foldings);
        }
        return List.copyOf(foldings);
    }

    /// The last line of a block holds its brace and stays.
    private static void add(Source source, Span span, boolean comment, TreeSet<Folding> into) {
        int from = source.position(span.start()).line();
        int end = source.position(span.end()).line();
        int to = comment ? end : end - 1;
        if (to > from) {
            into.add(new Folding(from, to, comment));
        }
    }

    @Override
    public int compareTo(Folding other) {
        int lines = Integer.compare(from, other.from);
        int ends = lines == 0 ? Integer.compare(other.to, to) : lines;
        return ends == 0 ? Boolean.compare(comment, other.comment) : ends;
    }
}
