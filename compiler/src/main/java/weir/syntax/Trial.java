package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// Tries repairs of a mistake: how far does the parser get with them?
///
/// What is not in doubt is left out while trying: the statements before the one with the mistake, and what stands well
/// behind it in the same blocks. So trying takes the same time in long workflows and in short ones. All indices are
/// those of the mistake's tokens, as if nothing were left out.
final class Trial {
    /// How many tokens behind the mistake are looked at, at least.
    private static final int HORIZON = 40;

    private final Mistake mistake;

    /// The tokens without what is not in doubt.
    private final List<Token> window;

    /// How many tokens were left out before the mistake.
    private final int left;

    /// The tokens from here to `to` are all in the window.
    private final int from;

    private final int to;

    private Trial(Mistake mistake, List<Token> window, int left, int from, int to) {
        this.mistake = mistake;
        this.window = window;
        this.left = left;
        this.from = from;
        this.to = to;
    }

    static Trial of(Mistake mistake) {
        List<Token> window = new ArrayList<>();
        int next = 0;
        int left = 0;
        for (int block : mistake.openBefore(mistake.at())) {
            int start = mistake.statementIn(block, mistake.at());
            if (start > block + 1) {
                window.addAll(mistake.tokens().subList(next, block + 1));
                left += start - block - 1;
                next = start;
            }
        }
        int to = lineAfter(mistake, mistake.block(mistake.at()), mistake.at() + HORIZON);
        window.addAll(mistake.tokens().subList(next, to));
        addClosing(mistake, to, window);
        // If the mistake is not seen in the window, what mattered was left out: a `return` that ended the block.
        boolean same = Attempt.reach(window) + left == mistake.at();
        return same
                ? new Trial(mistake, window, left, next, to)
                : new Trial(mistake, mistake.tokens(), 0, 0, mistake.size());
    }

    /// The first token of a block that begins a line, from an index on; the end of the block if there is none.
    private static int lineAfter(Mistake mistake, int block, int index) {
        int end = block < 0 ? mistake.size() : mistake.closing(block);
        int line = block + 1;
        while (line < end && !(line >= index && mistake.startsLine(line))) {
            line = mistake.next(line);
        }
        return Math.min(line, end);
    }

    /// Adds what closes the blocks that are open at a token, without what else stands in them.
    private static void addClosing(Mistake mistake, int index, List<Token> window) {
        List<Integer> blocks = new ArrayList<>(mistake.openBefore(index));
        int done = index;
        while (!blocks.isEmpty() && done < mistake.size()) {
            int end = mistake.closing(blocks.removeLast());
            int behind = lineAfter(mistake, blocks.isEmpty() ? -1 : blocks.getLast(), end + 1);
            window.addAll(mistake.tokens().subList(end, Math.max(end, Math.min(behind, mistake.size()))));
            done = behind;
        }
    }

    /// The first token that cannot stand where it stands after the repair; beyond all of them if there is none.
    int reached(Repair repair) {
        if (mistake.reading().isSpent()) {
            return -1;
        }
        boolean inWindow = repair.from() >= from && repair.to() <= to;
        List<Token> tokens = inWindow ? repair.shifted(left).apply(window) : repair.apply(mistake.tokens());
        int reached = reach(tokens);
        return reached < 0 ? Integer.MAX_VALUE : reached + (inWindow ? left : 0);
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
        int line = lineAfter(mistake, block, Math.max(repair.to(), mistake.at()));
        if (line > to || line < repair.to()) {
            return false;
        }
        List<Token> alone = new ArrayList<>(window.subList(0, line - left));
        int end = alone.size();
        addClosing(mistake, line, alone);
        if (line == mistake.at() && !isIncomplete(alone, end)) {
            return false;
        }
        Repair shifted = repair.shifted(left);
        int reached = reach(shifted.apply(alone));
        return reached < 0 || reached > shifted.moved(end);
    }

    /// Whether the tokens fail at a bracket that ends them too early.
    private boolean isIncomplete(List<Token> tokens, int bracket) {
        int reached = reach(tokens);
        return reached >= 0 && reached <= bracket;
    }

    /// The first token that cannot stand where it stands, -1 if all can.
    private int reach(List<Token> tokens) {
        mistake.reading().spend(tokens.size());
        return Attempt.reach(tokens);
    }
}
