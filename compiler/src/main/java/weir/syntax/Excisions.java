package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import weir.syntax.antlr.WeirLexer;

/// Ways to cut out what cannot be read, the smallest first: a value, an item, a statement, what is in brackets.
///
/// What is cut out leaves a `BROKEN` where the language wants something, so that names that a broken statement makes
/// are still known behind it.
final class Excisions {
    private final Mistake mistake;
    private final SyntaxProblem complaint;
    private final List<Repair> repairs = new ArrayList<>();

    private Excisions(Mistake mistake) {
        this.mistake = mistake;
        complaint = Complaints.about(mistake);
    }

    static Stream<Repair> at(Mistake mistake) {
        var excisions = new Excisions(mistake);
        excisions.collect();
        return excisions.repairs.stream();
    }

    private void collect() {
        List<Integer> open = mistake.openBefore(mistake.at());
        for (int i = open.size() - 1; i >= 0; i--) {
            int opening = open.get(i);
            int closing = mistake.closing(opening);
            boolean brace = mistake.type(opening) == WeirLexer.LBRACE;
            if (!brace || isList(opening, closing)) {
                segment(opening, closing, brace);
            }
            if (brace) {
                lines(opening + 1, closing);
                cut(opening + 1, closing, List.of());
            } else {
                cut(opening + 1, closing, List.of(mistake.broken(opening + 1, closing)));
                cut(opening + 1, closing, List.of());
            }
        }
        value(0, mistake.size());
    }

    /// Whether commas separate what stands in braces, which they do not where statements stand.
    private boolean isList(int opening, int closing) {
        boolean comma = false;
        for (int i = opening + 1; i < closing; i = mistake.next(i)) {
            comma |= mistake.type(i) == WeirLexer.COMMA;
            if (mistake.startsStatement(i)) {
                return false;
            }
        }
        return comma;
    }

    private void cut(int from, int to, List<Token> with) {
        if (from > 0 && from <= to && to <= mistake.size()) {
            repairs.add(new Repair(complaint, from, to, with));
        }
    }

    /// What stands between two commas.
    private void segment(int opening, int closing, boolean brace) {
        int from = opening + 1;
        int to = closing;
        for (int i = opening + 1; i < closing; i = mistake.next(i)) {
            if (mistake.type(i) == WeirLexer.COMMA) {
                if (i < mistake.at()) {
                    from = i + 1;
                } else {
                    to = i;
                    break;
                }
            }
        }
        int value = from + 2;
        if (mistake.type(from + 1) == WeirLexer.COLON && value <= mistake.at() && value <= to) {
            cut(value, to, List.of(mistake.broken(value, to)));
        }
        if (!brace) {
            cut(from, to, List.of(mistake.broken(from, to)));
        }
        int comma = mistake.type(to) == WeirLexer.COMMA ? to + 1 : to;
        cut(from, comma, List.of());
    }

    /// The statement, or the line and what belongs to it, in which the mistake is; then the one before, which may
    /// lack something that is missed only now; then both.
    private void lines(int from, int to) {
        int before = from;
        int here = from;
        int after = to;
        for (int i = from; i < to; i = mistake.next(i)) {
            boolean starts = mistake.startsLine(i) || mistake.startsStatement(i);
            if (starts && i <= mistake.at() && i > here) {
                before = here;
                here = i;
            } else if (starts && i > mistake.at()) {
                after = i;
                break;
            }
        }
        if (here == mistake.at() && before < here) {
            item(before, here);
        }
        item(here, after);
        if (before < here) {
            item(before, after);
        }
    }

    private void item(int from, int to) {
        value(from, to);
        head(from, to);
        if (Words.isStatementWord(mistake.type(from))) {
            List<Token> names = new ArrayList<>();
            boolean named = Words.isName(mistake.type(from + 1))
                    && (mistake.type(from) == WeirLexer.LET || mistake.type(from) == WeirLexer.STEP)
                    && (mistake.type(from + 2) == WeirLexer.ASSIGN || mistake.type(from + 2) == WeirLexer.COLON);
            if (named) {
                names.addAll(List.of(
                        mistake.as(from, WeirLexer.LET),
                        mistake.token(from + 1),
                        mistake.inserted(WeirLexer.ASSIGN, from + 2)));
            }
            names.add(mistake.broken(from, to));
            cut(from, to, names);
        }
        cut(from, to, List.of());
    }

    /// Everything behind the `=` or the word that begins a statement.
    private void value(int from, int to) {
        for (int i = from; i < to && i < mistake.at(); i = mistake.next(i)) {
            if (mistake.type(i) == WeirLexer.ASSIGN && i + 1 < to) {
                cut(i + 1, to, List.of(mistake.broken(i + 1, to)));
            }
        }
        switch (mistake.type(from)) {
            case WeirLexer.LOG, WeirLexer.RETURN, WeirLexer.FAIL, WeirLexer.YIELD, WeirLexer.WAIT, WeirLexer.EMIT -> {
                if (from + 1 < to) {
                    cut(from + 1, to, List.of(mistake.broken(from + 1, to)));
                }
            }
            default -> {}
        }
    }

    /// What stands between the first word of a statement and its block.
    private void head(int from, int to) {
        int block = from;
        while (block < to
                && !(mistake.type(block) == WeirLexer.LBRACE
                        && mistake.reading().endsLine(mistake.token(block)))) {
            block = mistake.next(block);
        }
        if (block >= to || block < mistake.at() || block <= from + 1) {
            return;
        }
        Token broken = mistake.broken(from + 1, block);
        switch (mistake.type(from)) {
            case WeirLexer.IF, WeirLexer.SWITCH ->
                cut(
                        from + 1,
                        block,
                        List.of(
                                mistake.inserted(WeirLexer.LPAREN, from + 1),
                                broken,
                                mistake.inserted(WeirLexer.RPAREN, block)));
            case WeirLexer.FOR -> {
                int name = Words.isName(mistake.type(from + 1)) ? from + 2 : from + 1;
                Token item = name > from + 1
                        ? mistake.token(from + 1)
                        : Words.made(WeirLexer.ID, "_", mistake.after(from + 1));
                cut(from + 1, block, List.of(item, mistake.inserted(WeirLexer.OF, name), mistake.broken(name, block)));
            }
            case WeirLexer.REPEAT ->
                cut(
                        from + 1,
                        block,
                        List.of(
                                mistake.inserted(WeirLexer.AT, from + 1),
                                mistake.inserted(WeirLexer.MOST, from + 1),
                                broken,
                                mistake.inserted(WeirLexer.TIMES, block)));
            default -> {}
        }
    }
}
