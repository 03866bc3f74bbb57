package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// Tries repairs of a mistake: how far does the parser get with them?
///
/// Statements before the one with the mistake are left out while trying, as they are not in doubt; that makes trying
/// fast in long workflows. All indices are those of the mistake's tokens, as if nothing were left out.
final class Trial {
    private final Mistake mistake;

    /// The tokens without what is not in doubt.
    private final List<Token> rest;

    /// How many tokens were left out, all of them before `from`.
    private final int left;

    private final int from;

    private Trial(Mistake mistake, List<Token> shortened, int from) {
        this.mistake = mistake;
        this.rest = shortened;
        this.from = from;
        left = mistake.size() - shortened.size();
    }

    static Trial of(Mistake mistake) {
        List<Token> shortened = new ArrayList<>();
        int next = 0;
        int from = 0;
        for (int block : mistake.openBefore(mistake.at())) {
            int start = mistake.statementIn(block, mistake.at());
            if (start > block + 1) {
                shortened.addAll(mistake.tokens().subList(next, block + 1));
                next = start;
                from = start;
            }
        }
        shortened.addAll(mistake.tokens().subList(next, mistake.size()));
        var trial = new Trial(mistake, shortened, from);
        // Left out was what mattered: a `return` that ended the block.
        boolean same = Attempt.probe(shortened).failedAt() + trial.left == mistake.at();
        return same ? trial : new Trial(mistake, mistake.tokens(), 0);
    }

    /// The first token that cannot stand where it stands after the repair; beyond all of them if there is none.
    int reached(Repair repair) {
        boolean inShort = repair.from() >= from;
        if (mistake.reading().isSpent()) {
            return -1;
        }
        List<Token> tokens = inShort ? repair.shifted(left).apply(rest) : repair.apply(mistake.tokens());
        Attempt attempt = probe(tokens);
        return attempt.succeeded() ? Integer.MAX_VALUE : attempt.failedAt() + (inShort ? left : 0);
    }

    /// Whether the line with the mistake can be read when the rest of its block is left out. So it does not matter
    /// that the next line has a mistake of its own.
    boolean completesLine(Repair repair) {
        int block = mistake.block(mistake.at());
        if (block < 0
                || repair.from() <= block
                || repair.from() < from
                || mistake.reading().isSpent()) {
            return false;
        }
        int end = mistake.closing(block);
        int line = block + 1;
        while (line < end && !(mistake.startsLine(line) && line >= repair.to() && line >= mistake.at())) {
            line = mistake.next(line);
        }
        List<Token> alone = new ArrayList<>(rest.subList(0, line - left));
        alone.addAll(rest.subList(end - left, rest.size()));
        if (line == mistake.at() && !isIncomplete(alone, line - left)) {
            return false;
        }
        Repair shifted = repair.shifted(left);
        Attempt attempt = probe(shifted.apply(alone));
        return attempt.succeeded() || attempt.failedAt() > shifted.moved(line - left);
    }

    /// Whether the tokens fail at a bracket that ends them too early.
    private boolean isIncomplete(List<Token> tokens, int bracket) {
        Attempt attempt = probe(tokens);
        return !attempt.succeeded() && attempt.failedAt() <= bracket;
    }

    private Attempt probe(List<Token> tokens) {
        mistake.reading().spend(tokens.size());
        return Attempt.probe(tokens);
    }
}
