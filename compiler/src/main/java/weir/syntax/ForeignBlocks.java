package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import weir.source.Fix;
import weir.source.Fix.Edit;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Guesses at blocks of other languages: what they catch, repeat and do at once, and where they begin and end.
final class ForeignBlocks {
    private static final List<Function<Mistake, Stream<Repair>>> GUESSES = List.of(
            ForeignBlocks::parenthesesOfCatch,
            ForeignBlocks::finallyBlock,
            ForeignBlocks::doWhile,
            ForeignBlocks::endlessRepeat,
            ForeignBlocks::typedCarry,
            ForeignBlocks::namelessBranches,
            ForeignBlocks::askingNobody,
            ForeignBlocks::needlessThen,
            ForeignBlocks::blockWithoutBraces,
            ForeignBlocks::innerFunction,
            ForeignBlocks::stepWithBlock,
            ForeignBlocks::thrownError,
            ForeignBlocks::foreignStatement);

    /// Statements that begin with a word which is a name in Weir.
    private static final Map<String, String> STATEMENTS = Map.of(
            "continue", "Put what follows into an `if`, or filter the list before the loop.",
            "pass", "A block may be empty: `{ }`.",
            "unless", "Write `if (!condition) { … }`.",
            "end", "A block ends with `}`.",
            "begin", "A block stands in braces: `{ … }`.");

    private static final Set<String> ENDS = Set.of("end", "endif", "fi", "done");

    private ForeignBlocks() {}

    static Stream<Repair> at(Mistake mistake) {
        return GUESSES.stream().flatMap(guess -> guess.apply(mistake));
    }

    /// `catch (e) {`
    private static Stream<Repair> parenthesesOfCatch(Mistake mistake) {
        int open = mistake.at();
        int close = mistake.closing(open);
        boolean named = mistake.type(open) == WeirLexer.LPAREN
                && mistake.type(open - 1) == WeirLexer.CATCH
                && close > open + 1
                && close < mistake.size()
                && Words.isWord(mistake.type(open + 1));
        if (!named) {
            return Stream.empty();
        }
        var behind = new Span(mistake.span(open + 1).end(), mistake.span(close).end());
        var problem = new HabitProblem.CatchInParentheses(mistake.span(open), behind, mistake.text(open + 1));
        return Stream.of(new Repair(problem, open, close + 1, List.of(mistake.token(open + 1))));
    }

    /// `} finally { … }`
    private static Stream<Repair> finallyBlock(Mistake mistake) {
        int at = mistake.at();
        if (!mistake.text(at).equals("finally") || mistake.type(at + 1) != WeirLexer.LBRACE) {
            return Stream.empty();
        }
        int close = mistake.closing(at + 1);
        boolean caught = mistake.type(openingOf(mistake, at - 1) - 1) != WeirLexer.TRY;
        List<Token> behind = new ArrayList<>();
        if (!caught) {
            for (int type : List.of(WeirLexer.CATCH, WeirLexer.ERROR, WeirLexer.LBRACE, WeirLexer.RBRACE)) {
                behind.add(mistake.inserted(type, at));
            }
        }
        behind.addAll(mistake.tokens().subList(at + 2, Math.min(close, mistake.size())));
        var fix = caught && close < mistake.size()
                ? List.of(new Fix(
                        "Put it behind the `try`",
                        List.of(new Edit(mistake.span(at, at + 2), ""), new Edit(mistake.span(close), ""))))
                : List.<Fix>of();
        var problem = new HabitProblem.ForeignForm(mistake.span(at), "finally", ForeignWords.instead("finally"), fix);
        return Stream.of(new Repair(problem, at, Math.min(close + 1, mistake.size()), behind));
    }

    private static int openingOf(Mistake mistake, int close) {
        return IntStream.iterate(close - 1, i -> i >= 0, i -> i - 1)
                .filter(i -> Words.opens(mistake.type(i)) && mistake.closing(i) == close)
                .findFirst()
                .orElse(0);
    }

    /// `do { … } while (x)`
    private static Stream<Repair> doWhile(Mistake mistake) {
        int start = mistake.start(mistake.at());
        if (!mistake.text(start).equals("do") || mistake.type(start + 1) != WeirLexer.LBRACE) {
            return Stream.empty();
        }
        int end = mistake.next(start + 1);
        return form(mistake, start, start + 1, Habits.lineEnd(mistake, end), "do", ForeignWords.instead("do"));
    }

    private static Stream<Repair> form(Mistake mistake, int start, int marked, int end, String word, String instead) {
        var problem = new HabitProblem.ForeignForm(mistake.span(start, marked), word, instead);
        return Stream.of(
                new Repair(problem, start, end, List.of(mistake.broken(start, end))),
                new Repair(problem, start, end, List.of()));
    }

    /// `repeat {`, `repeat until x {`
    private static Stream<Repair> endlessRepeat(Mistake mistake) {
        int at = mistake.at();
        boolean begins = mistake.type(at) == WeirLexer.LBRACE
                || mistake.type(at) == WeirLexer.UNTIL
                || mistake.type(at) == WeirLexer.EVERY
                || mistake.type(at) == WeirLexer.WITH;
        if (mistake.type(at - 1) != WeirLexer.REPEAT || !begins) {
            return Stream.empty();
        }
        Span place = mistake.after(at);
        List<Token> tokens = List.of(
                mistake.inserted(WeirLexer.AT, at),
                mistake.inserted(WeirLexer.MOST, at),
                Words.made(WeirLexer.NUMBER, "100", place),
                mistake.inserted(WeirLexer.TIMES, at));
        var problem = new StructureProblem.MissingWords(place, "at most 100 times", " at most 100 times");
        return Stream.of(new Repair(problem, at, at, tokens));
    }

    /// `repeat … with n: int = 0 then …`
    private static Stream<Repair> typedCarry(Mistake mistake) {
        int colon = mistake.at();
        boolean carried = mistake.type(colon) == WeirLexer.COLON && mistake.type(colon - 2) == WeirLexer.WITH;
        int assign = colon;
        while (carried && assign < mistake.size() && mistake.type(assign) != WeirLexer.ASSIGN) {
            assign = mistake.next(assign);
            carried = !mistake.startsLine(assign) && mistake.type(assign) != WeirLexer.THEN;
        }
        if (!carried) {
            return Stream.empty();
        }
        var span = mistake.span(colon, assign);
        return Stream.of(new Repair(new HabitProblem.TypedCarry(span), colon, assign, List.of()));
    }

    /// `parallel { step … }`, `race { step … }`
    private static Stream<Repair> namelessBranches(Mistake mistake) {
        int at = mistake.at();
        int open = at - 1;
        boolean parallel = mistake.type(open - 1) == WeirLexer.PARALLEL;
        boolean nameless = mistake.type(open) == WeirLexer.LBRACE
                && (parallel || mistake.type(open - 1) == WeirLexer.RACE)
                && Words.isStatementWord(mistake.type(at));
        if (!nameless) {
            return Stream.empty();
        }
        int close = Math.min(mistake.closing(open), mistake.size());
        List<Token> branch = new ArrayList<>(mistake.tokens().subList(at, close));
        branch.addFirst(mistake.inserted(WeirLexer.LBRACE, at));
        branch.addFirst(Habits.id("branch_1", mistake.after(at)));
        branch.addLast(mistake.inserted(WeirLexer.RBRACE, close));
        var fixes = parallel ? List.of(new Fix("Name them", branches(mistake, at, close))) : List.<Fix>of();
        var problem = new HabitProblem.NamelessBranches(mistake.span(at), mistake.text(open - 1), fixes);
        return Stream.of(new Repair(problem, at, close, branch));
    }

    /// Each statement as a branch of its own.
    private static List<Edit> branches(Mistake mistake, int from, int to) {
        var edits = new ArrayList<Edit>();
        int number = 0;
        int start = from;
        for (int i = mistake.next(from); i <= to; i = i < to ? mistake.next(i) : i + 1) {
            if (i == to || mistake.startsStatement(i)) {
                Span statement = mistake.span(start, i);
                edits.add(new Edit(new Span(statement.start(), statement.start()), "branch_" + ++number + " { "));
                edits.add(new Edit(new Span(statement.end(), statement.end()), " }"));
                start = i;
            }
        }
        return edits;
    }

    /// `ask "…" up to 1d`
    private static Stream<Repair> askingNobody(Mistake mistake) {
        int at = mistake.at();
        boolean ends = mistake.type(at) == WeirLexer.UP
                || mistake.type(at) == WeirLexer.GIVE
                || mistake.startsLine(at)
                || Words.closes(mistake.type(at));
        if (!ends || !mistake.rules().contains("ask")) {
            return Stream.empty();
        }
        Span place = mistake.after(at);
        List<Token> tokens = List.of(
                mistake.inserted(WeirLexer.OF, at),
                Habits.id("role", place),
                mistake.inserted(WeirLexer.LPAREN, at),
                Words.made(WeirLexer.STRING, "\"team\"", place),
                mistake.inserted(WeirLexer.RPAREN, at));
        var problem = new StructureProblem.MissingWords(place, "of role(\"team\")", " of role(\"team\")");
        return Stream.of(new Repair(problem, at, at, tokens));
    }

    /// `if (x) then {`
    private static Stream<Repair> needlessThen(Mistake mistake) {
        int at = mistake.at();
        if (mistake.type(at) != WeirLexer.THEN || mistake.type(at + 1) != WeirLexer.LBRACE) {
            return Stream.empty();
        }
        var span = new Span(mistake.span(at).start(), mistake.span(at + 1).start());
        return Stream.of(new Repair(new HabitProblem.ForeignWord(span, "then", ""), at, at + 1, List.of()));
    }

    /// `if x then … end`, and blocks that are told by their indentation.
    private static Stream<Repair> blockWithoutBraces(Mistake mistake) {
        int start = mistake.start(mistake.at());
        String word = mistake.text(start);
        if (!Set.of("if", "for", "while").contains(word)) {
            return Stream.empty();
        }
        int sign = start + 1;
        while (sign < mistake.size() && !mistake.startsLine(sign) && !opensBody(mistake, sign)) {
            sign = mistake.next(sign);
        }
        if (!opensBody(mistake, sign)) {
            return Stream.empty();
        }
        boolean colon = mistake.type(sign) == WeirLexer.COLON;
        int end = colon ? dedent(mistake, start, sign + 1) : behindEnd(mistake, sign + 1);
        String form = word + (colon ? " …:" : " … " + mistake.text(sign));
        String instead = word.equals("if")
                ? "Write `if (condition) { … } else { … }`."
                : word.equals("for") ? "Write `for item of list { … }`." : ForeignWords.instead(word);
        return form(mistake, start, sign + 1, end, form, instead);
    }

    /// Whether it ends a line that a block without braces should follow.
    private static boolean opensBody(Mistake mistake, int i) {
        boolean opens = mistake.type(i) == WeirLexer.COLON
                || mistake.type(i) == WeirLexer.THEN
                || mistake.text(i).equals("do");
        return opens && mistake.startsLine(i + 1);
    }

    /// The first line that is indented no more than the first one, and no other part of it.
    private static int dedent(Mistake mistake, int start, int from) {
        int column = column(mistake, start);
        int end = from;
        while (end < mistake.size() && !Words.closes(mistake.type(end))) {
            boolean back = mistake.startsLine(end) && column(mistake, end) <= column;
            boolean other = Set.of("else", "elif", "elseif", "elsif").contains(mistake.text(end));
            if (back && !other) {
                break;
            }
            end = mistake.next(end);
        }
        return end;
    }

    private static int column(Mistake mistake, int i) {
        return mistake.reading().source.position(mistake.span(i).start()).column();
    }

    private static int behindEnd(Mistake mistake, int from) {
        int open = 1;
        for (int i = from; i < mistake.size() && !Words.closes(mistake.type(i)); i = mistake.next(i)) {
            if (mistake.startsLine(i) && mistake.type(i) == WeirLexer.IF) {
                open++;
            } else if (ENDS.contains(mistake.text(i)) && --open == 0) {
                return i + 1;
            }
        }
        return Habits.lineEnd(mistake, from + 1);
    }

    /// `function f(x) { … }` among statements: its name is known behind it.
    private static Stream<Repair> innerFunction(Mistake mistake) {
        int at = mistake.at();
        boolean inner = mistake.type(at) == WeirLexer.FUNCTION
                && mistake.startsLine(at)
                && mistake.type(0) == WeirLexer.WORKFLOW
                && Words.isName(mistake.type(at + 1))
                && mistake.type(at + 2) == WeirLexer.LPAREN;
        if (!inner) {
            return Stream.empty();
        }
        int end = Habits.lineEnd(mistake, at + 2);
        List<Token> known = List.of(
                mistake.inserted(WeirLexer.LET, at),
                mistake.token(at + 1),
                mistake.inserted(WeirLexer.ASSIGN, at),
                mistake.broken(at + 2, end));
        return Stream.of(new Repair(new HabitProblem.InnerFunction(mistake.span(at, at + 2)), at, end, known));
    }

    /// `step fetch { … }`
    private static Stream<Repair> stepWithBlock(Mistake mistake) {
        int start = mistake.start(mistake.at());
        boolean named = Words.isWord(mistake.type(start + 1)) || mistake.type(start + 1) == WeirLexer.STRING;
        if (mistake.type(start) != WeirLexer.STEP || !named || mistake.type(start + 2) != WeirLexer.LBRACE) {
            return Stream.empty();
        }
        return form(
                mistake,
                start,
                start + 2,
                mistake.next(start + 2),
                "step … { … }",
                "A step calls something: `step page = http.get(url: …)`. Statements need no block around them.");
    }

    /// `throw new Error("no")`
    private static Stream<Repair> thrownError(Mistake mistake) {
        int start = mistake.start(mistake.at());
        int open = start + 3;
        boolean thrown = Set.of("throw", "raise").contains(mistake.text(start))
                && mistake.text(start + 1).equals("new")
                && mistake.type(open) == WeirLexer.LPAREN
                && mistake.closing(open) < mistake.size();
        if (!thrown) {
            return Stream.empty();
        }
        int close = mistake.closing(open);
        String what = mistake.text(open + 1, close);
        String written = mistake.text(start, open) + "(…)";
        var problem = new HabitProblem.ForeignWord(
                mistake.span(start, close + 1), written, "fail " + (what.isEmpty() ? "\"…\"" : what));
        List<Token> tokens = new ArrayList<>(mistake.tokens().subList(open + 1, close));
        if (tokens.isEmpty()) {
            tokens.add(mistake.broken(open, close + 1));
        }
        tokens.addFirst(Words.made(WeirLexer.FAIL, "fail", mistake.span(start)));
        return Stream.of(new Repair(problem, start, close + 1, tokens));
    }

    /// `continue`, `unless (x) { … }`
    private static Stream<Repair> foreignStatement(Mistake mistake) {
        int start = mistake.start(mistake.at());
        String word = mistake.text(start);
        String instead = STATEMENTS.get(word);
        boolean alone = mistake.startsLine(start + 1) || Words.closes(mistake.type(start + 1));
        if (instead == null || start == 0 || !(alone || word.equals("unless"))) {
            return Stream.empty();
        }
        return form(mistake, start, start + 1, Habits.lineEnd(mistake, start + 1), word, instead);
    }
}
