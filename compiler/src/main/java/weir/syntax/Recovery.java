package weir.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser.DeclarationContext;

/// Reads a declaration that has mistakes.
///
/// The parser stops at the first token that cannot stand where it stands. There a guess is made: a habit from another
/// language, a slip such as a misspelled word or a missing sign, or, failing these, a statement, item or expression
/// that has to be cut out. A guess counts only if the parser gets past the place with it; then it is reported, and
/// reading begins again with the mended tokens. So each message is about one thing that was shown to be wrong, and
/// what was cut out stays silent (compare M. Burke and G. Fisher, "A Practical Method for LR and LL Syntactic
/// Error Diagnosis and Recovery", 1987).
final class Recovery {
    /// Mistakes told in one declaration; behind so many, the rest of it is left unread.
    static final int MISTAKES = 25;

    /// How many tokens behind a mended place and the one that failed must make sense.
    private static final int PROOF = 1;

    /// More messages about one line say little.
    private static final int IN_A_LINE = 3;

    private final Reading reading;

    /// How many mistakes were found in a line.
    private final Map<Integer, Integer> told = new HashMap<>();

    /// The last line of which something was cut out.
    private int cutUpTo;

    Recovery(Reading reading) {
        this.reading = reading;
    }

    /// What could be read of the tokens, or null; everything else is reported.
    @Nullable
    DeclarationContext read(List<Token> chunk) {
        List<Token> tokens = Tables.mended(reading, Brackets.paired(reading, chunk));
        for (int mistakes = 0; mistakes < MISTAKES; mistakes++) {
            Attempt attempt = Attempt.probe(tokens);
            if (attempt.succeeded()) {
                return Attempt.read(tokens).declaration();
            }
            var mistake = new Mistake(reading, tokens, attempt.failedAt(), attempt.rules());
            Optional<Repair> repair = repair(mistake);
            if (repair.isEmpty()) {
                SyntaxProblem complaint = Complaints.about(mistake);
                tell(complaint, complaint.span().end());
                return null;
            }
            tell(
                    repair.get().problem(),
                    mistake.span(Math.max(0, repair.get().to() - 1)).end());
            tokens = ReservedNames.asNames(repair.get().problem(), repair.get().apply(tokens));
        }
        Token first = chunk.getFirst();
        reading.report(new LimitProblem.TooManyMistakes(Reading.span(first), MISTAKES));
        return null;
    }

    /// Reports a mistake, unless it is likely to be the echo of one that was reported before: the fourth in a line,
    /// a line right behind one that was cut out, or another misplaced trigger.
    ///
    /// @param last the offset of the last character that the mistake is about
    private void tell(SyntaxProblem problem, int last) {
        int line = reading.source.position(problem.span().start()).line();
        boolean cut = problem instanceof StructureProblem.Unexpected;
        boolean echo = told.merge(line, 1, Integer::sum) > IN_A_LINE
                || (cut
                        && cutUpTo > 0
                        && line <= cutUpTo + 1
                        && reading.startsLine(problem.span().start()))
                || (problem instanceof StructureProblem.MisplacedHead
                        && reading.problems.stream().anyMatch(StructureProblem.MisplacedHead.class::isInstance));
        if (cut) {
            cutUpTo = Math.max(cutUpTo, reading.source.position(last).line());
        }
        if (!echo) {
            reading.report(problem);
        }
    }

    private Optional<Repair> repair(Mistake mistake) {
        Trial trial = Trial.of(mistake);
        return Habits.at(mistake)
                .filter(habit -> !reading.problems.contains(habit.problem()))
                .filter(habit -> isShown(mistake, habit, trial))
                .findFirst()
                .or(() -> best(mistake, Slips.at(mistake), trial))
                .or(() -> Excisions.at(mistake)
                        .filter(excision -> leadsPast(mistake, excision, trial))
                        .findFirst());
    }

    /// A form of several words that can be read, or a word that Weir never has, is proof in itself; others need
    /// more.
    private static boolean isShown(Mistake mistake, Repair habit, Trial trial) {
        int behind = habit.from() + habit.with().size();
        boolean words = habit.with().size() > 1 && habit.problem() instanceof HabitProblem.ForeignWord;
        boolean plain = words || habit.with().size() > 2 || mistake.type(habit.from()) == WeirLexer.JS_WORD;
        int needed = plain ? behind : proof(mistake, habit);
        return trial.reached(habit) >= needed || trial.completesLine(habit);
    }

    /// Among slips the one with which the parser gets farthest; failing all, one that at least makes its own line
    /// whole.
    private static Optional<Repair> best(Mistake mistake, Stream<Repair> slips, Trial trial) {
        Repair best = null;
        int farthest = -1;
        for (Repair slip : (Iterable<Repair>) slips::iterator) {
            int reached = trial.reached(slip);
            // Counted from behind, so that what was put in or taken out makes no difference.
            int gained = reached == Integer.MAX_VALUE ? reached : reached - slip.moved(mistake.at());
            if (gained > farthest && reached >= proof(mistake, slip)) {
                best = slip;
                farthest = gained;
            } else if (best == null && trial.completesLine(slip)) {
                best = slip;
                farthest = 0;
            }
        }
        return Optional.ofNullable(best);
    }

    /// How far the parser must get, counted in the mended tokens.
    private static int proof(Mistake mistake, Repair repair) {
        int behind = repair.from() + repair.with().size();
        int place = mistake.at() >= repair.to() ? repair.moved(mistake.at()) + 1 : behind;
        List<Token> with = repair.with();
        boolean hasGap = with.size() > 1 && with.stream().anyMatch(token -> token.getType() == WeirLexer.BROKEN);
        boolean comma = with.size() == 1 && with.getFirst().getType() == WeirLexer.COMMA;
        return Math.max(behind, place) + (hasGap || comma ? 0 : PROOF);
    }

    /// A piece that was cut out must bring the parser past it; if the mistake lay inside, then at least to its end.
    private static boolean leadsPast(Mistake mistake, Repair repair, Trial trial) {
        int behind = repair.from() + repair.with().size();
        int reached = trial.reached(repair);
        return reached > behind || (mistake.at() < repair.to() && reached == behind);
    }
}
