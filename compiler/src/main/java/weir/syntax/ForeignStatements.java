package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Guesses at statements and functions that are put together as in other languages: with parentheses, braces and colons
/// where Weir has none, or without those that it has.
final class ForeignStatements {
    private ForeignStatements() {}

    static Stream<Repair> at(Mistake mistake) {
        return Stream.of(
                        parenthesesOfFor(mistake),
                        countingFor(mistake),
                        bareCondition(mistake),
                        bodyWithoutBraces(mistake),
                        foreignLoop(mistake),
                        functionBlock(mistake))
                .flatMap(guesses -> guesses);
    }

    /// `for (item of list) {`, also with `const` or `let` inside.
    private static Stream<Repair> parenthesesOfFor(Mistake mistake) {
        int at = mistake.start(mistake.at());
        for (int i = at; i < Math.min(at + 5, mistake.size()); i++) {
            if (mistake.type(i) == WeirLexer.FOR && mistake.type(i + 1) == WeirLexer.LPAREN) {
                int close = mistake.closing(i + 1);
                int from = isLet(mistake, i + 2) ? i + 3 : i + 2;
                if (close >= mistake.size() || from >= close) {
                    return Stream.empty();
                }
                List<Token> inner = mistake.tokens().subList(from, close);
                var open =
                        new Span(mistake.span(i + 1).start(), mistake.span(from).start());
                var problem = new HabitProblem.LoopInParentheses(open, mistake.span(close));
                return Stream.of(new Repair(problem, i + 1, close + 1, inner));
            }
        }
        return Stream.empty();
    }

    private static boolean isLet(Mistake mistake, int i) {
        return mistake.type(i) == WeirLexer.LET
                || mistake.text(i).equals("const")
                || mistake.text(i).equals("var");
    }

    /// `for (let i = 0; i < n; i++) {`
    private static Stream<Repair> countingFor(Mistake mistake) {
        int at = mistake.start(mistake.at());
        boolean parentheses = mistake.type(at) == WeirLexer.FOR && mistake.type(at + 1) == WeirLexer.LPAREN;
        int close = parentheses ? mistake.closing(at + 1) : mistake.size();
        int block = close + 1;
        if (!parentheses || mistake.type(block) != WeirLexer.LBRACE) {
            return Stream.empty();
        }
        var problem = new HabitProblem.ForeignForm(
                mistake.span(at, close + 1),
                "for (…; …; …)",
                "Go over a list with `for item, index of list { … }`, or count with `repeat at most N times { … }`.");
        int name = isLet(mistake, at + 2) ? at + 3 : at + 2;
        Token item = Words.isName(mistake.type(name)) ? mistake.token(name) : Habits.id("_", mistake.after(at + 1));
        return Stream.of(new Repair(
                problem,
                at + 1,
                block,
                List.of(item, mistake.inserted(WeirLexer.OF, at + 1), mistake.broken(at + 1, block))));
    }

    /// `if x > 1 {`
    private static Stream<Repair> bareCondition(Mistake mistake) {
        int at = mistake.at();
        int start = mistake.start(at);
        return IntStream.rangeClosed(start, Math.min(at, mistake.size() - 1))
                .filter(i -> mistake.type(i) == WeirLexer.IF || mistake.type(i) == WeirLexer.SWITCH)
                .filter(i -> mistake.type(i + 1) != WeirLexer.LPAREN
                        || mistake.type(mistake.next(i + 1)) != WeirLexer.LBRACE)
                .boxed()
                .flatMap(i -> {
                    int block = i + 1;
                    while (block < mistake.size() && mistake.type(block) != WeirLexer.LBRACE) {
                        block = mistake.next(block);
                    }
                    if (block >= mistake.size() || block == i + 1) {
                        return Stream.<Repair>empty();
                    }
                    List<Token> tokens = new ArrayList<>(mistake.tokens().subList(i + 1, block));
                    tokens.addFirst(mistake.inserted(WeirLexer.LPAREN, i + 1));
                    tokens.addLast(mistake.inserted(WeirLexer.RPAREN, block));
                    var problem = new HabitProblem.BareCondition(mistake.span(i + 1, block), mistake.text(i));
                    return Stream.of(new Repair(problem, i + 1, block, tokens));
                });
    }

    /// `case "a": log x`, `else: …`
    static Stream<Repair> caseWithColon(Mistake mistake) {
        int start = mistake.start(mistake.at());
        boolean isDefault = mistake.text(start).equals("default");
        int colon = isDefault ? start + 1 : mistake.at();
        boolean isCase = isDefault || mistake.type(start) == WeirLexer.CASE || mistake.type(start) == WeirLexer.ELSE;
        if (!isCase || mistake.type(colon) != WeirLexer.COLON) {
            return Stream.empty();
        }
        int end = colon + 1;
        while (end < mistake.size()
                && !Words.closes(mistake.type(end))
                && !(mistake.startsLine(end)
                        && (mistake.type(end) == WeirLexer.CASE
                                || mistake.type(end) == WeirLexer.ELSE
                                || mistake.text(end).equals("default")))) {
            end = mistake.next(end);
        }
        List<Token> body = new ArrayList<>(mistake.tokens().subList(colon + 1, end));
        if (!body.isEmpty() && body.getLast().getText().equals("break")) {
            body.removeLast();
        }
        body.addFirst(mistake.inserted(WeirLexer.LBRACE, colon));
        body.addLast(mistake.inserted(WeirLexer.RBRACE, end));
        if (isDefault) {
            body.addFirst(mistake.as(start, WeirLexer.ELSE));
        }
        int from = isDefault ? start : colon;
        return Stream.of(new Repair(new HabitProblem.CaseWithColon(mistake.span(colon)), from, end, body));
    }

    /// `if (x) fail "no"`, `else log "yes"`
    private static Stream<Repair> bodyWithoutBraces(Mistake mistake) {
        int at = mistake.at();
        String word = ownerOfBody(mistake, at);
        if (word.isEmpty() || !Words.isWord(mistake.type(at))) {
            return Stream.empty();
        }
        int end = at + 1;
        while (end < mistake.size()
                && !Words.closes(mistake.type(end))
                && !mistake.startsLine(end)
                && mistake.type(end) != WeirLexer.ELSE) {
            end = mistake.next(end);
        }
        List<Token> body = new ArrayList<>(mistake.tokens().subList(at, end));
        body.addFirst(mistake.inserted(WeirLexer.LBRACE, at));
        body.addLast(mistake.inserted(WeirLexer.RBRACE, end));
        return Stream.of(new Repair(new HabitProblem.BodyWithoutBraces(mistake.span(at, end), word), at, end, body));
    }

    /// The word whose body should begin at a token; empty if there is none.
    private static String ownerOfBody(Mistake mistake, int at) {
        switch (mistake.type(at - 1)) {
            case WeirLexer.ELSE, WeirLexer.TRY -> {
                return mistake.text(at - 1);
            }
            case WeirLexer.RPAREN -> {
                if (isConditionBefore(mistake, at - 1)) {
                    return "if";
                }
            }
            default -> {}
        }
        int line = mistake.start(at - 1);
        boolean owns = switch (mistake.type(line)) {
            case WeirLexer.FOR, WeirLexer.REPEAT -> mistake.startsStatement(at);
            case WeirLexer.CASE -> Words.isStatementWord(mistake.type(at));
            default -> false;
        };
        return owns ? mistake.text(line) : "";
    }

    private static boolean isConditionBefore(Mistake mistake, int close) {
        for (int i = close; i > 0; i--) {
            if (mistake.type(i) == WeirLexer.LPAREN && mistake.closing(i) == close) {
                return mistake.type(i - 1) == WeirLexer.IF;
            }
        }
        return false;
    }

    /// `while (…) { … }` and other statements that have no counterpart.
    private static Stream<Repair> foreignLoop(Mistake mistake) {
        int start = mistake.start(mistake.at());
        boolean anew = mistake.type(start + 1) == WeirLexer.ASSIGN;
        if (mistake.type(start) != WeirLexer.JS_WORD || start == 0 || anew) {
            return Stream.empty();
        }
        int end = Habits.lineEnd(mistake, start + 1);
        String word = mistake.text(start);
        var problem = new HabitProblem.ForeignForm(
                mistake.span(start), word, ForeignWords.instead(word, mistake.text(start + 1)));
        return Stream.of(
                new Repair(problem, start, end, List.of(mistake.broken(start, end))),
                new Repair(problem, start, end, List.of()));
    }

    /// `function f(a: T) -> R { return a }`
    private static Stream<Repair> functionBlock(Mistake mistake) {
        int open = mistake.at();
        if (mistake.type(0) != WeirLexer.FUNCTION || mistake.type(open) != WeirLexer.LBRACE) {
            return Stream.empty();
        }
        int close = mistake.closing(open);
        String value = returned(mistake, open, close);
        List<Token> body = new ArrayList<>();
        body.add(mistake.inserted(WeirLexer.ASSIGN, open));
        if (value == null) {
            body.add(mistake.broken(open, close + 1));
        } else {
            body.addAll(mistake.tokens().subList(open + 2, close));
        }
        var problem = new HabitProblem.FunctionBlock(mistake.span(open, close + 1), value);
        return Stream.of(new Repair(problem, open, close + 1, body));
    }

    /// What `{ return value }` gives, or null if it is more than that.
    static @Nullable String returned(Mistake mistake, int open, int close) {
        if (mistake.type(open + 1) != WeirLexer.RETURN || close - open < 3) {
            return null;
        }
        for (int i = open + 2; i < close; i = mistake.next(i)) {
            if (mistake.startsStatement(i)) {
                return null;
            }
        }
        return mistake.text(open + 2, close);
    }
}
