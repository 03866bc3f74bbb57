package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Guesses at forms of other languages in expressions and types.
final class ForeignExpressions {
    private ForeignExpressions() {}

    static Stream<Repair> at(Mistake mistake) {
        return Stream.of(
                        operatorWord(mistake),
                        valueWord(mistake),
                        needlessWord(mistake),
                        arrowParameters(mistake),
                        arrowBlock(mistake),
                        assignment(mistake),
                        functionExpression(mistake),
                        foreignOperand(mistake),
                        actionInExpression(mistake),
                        genericType(mistake),
                        optionalType(mistake))
                .flatMap(guesses -> guesses);
    }

    /// `a and b`, `not a`
    private static Stream<Repair> operatorWord(Mistake mistake) {
        return word(mistake, ForeignWords::operator);
    }

    /// `None`, `True`: names to the parser, so only where something else is wrong beside them.
    private static Stream<Repair> valueWord(Mistake mistake) {
        return word(mistake, ForeignWords::value);
    }

    private static Stream<Repair> word(Mistake mistake, java.util.function.ToIntFunction<String> meaning) {
        return IntStream.of(mistake.at(), mistake.at() - 1)
                .filter(i -> Words.isName(mistake.type(i)) && meaning.applyAsInt(mistake.text(i)) >= 0)
                .mapToObj(i -> {
                    if (mistake.text(i).equals("is") && mistake.text(i + 1).equals("not")) {
                        var both = new HabitProblem.ForeignWord(mistake.span(i, i + 2), "is not", "!==");
                        return new Repair(both, i, i + 2, List.of(mistake.as(i, WeirLexer.NE3)));
                    }
                    int type = meaning.applyAsInt(mistake.text(i));
                    var problem = new HabitProblem.ForeignWord(mistake.span(i), mistake.text(i), Words.written(type));
                    return new Repair(problem, i, i + 1, List.of(mistake.as(i, type)));
                });
    }

    /// `await x`, `async x => …`, `export workflow …`
    private static Stream<Repair> needlessWord(Mistake mistake) {
        return IntStream.of(mistake.at(), mistake.at() - 1)
                .filter(i -> i > 0 && (isNeedless(mistake.text(i)) || makesItem(mistake, i)))
                .mapToObj(i -> {
                    var span = new Span(
                            mistake.span(i).start(), mistake.span(i + 1).start());
                    return new Repair(new HabitProblem.ForeignWord(span, mistake.text(i), ""), i, i + 1, List.of());
                });
    }

    /// `for const item of list`
    private static boolean makesItem(Mistake mistake, int i) {
        return mistake.type(i - 1) == WeirLexer.FOR
                && (mistake.type(i) == WeirLexer.LET
                        || mistake.text(i).equals("const")
                        || mistake.text(i).equals("var"));
    }

    static boolean isNeedless(String word) {
        return word.equals("await") || word.equals("async") || word.equals("export") || word.equals("public");
    }

    /// `(...all) => …`, `({ name, ...others }) => …`, `(x = 1) => …`
    private static Stream<Repair> arrowParameters(Mistake mistake) {
        int at = mistake.type(mistake.at()) == WeirLexer.ARROW ? mistake.at() - 1 : mistake.at();
        return mistake.openBefore(at).stream()
                .filter(open -> mistake.type(open) == WeirLexer.LPAREN)
                .filter(open -> mistake.type(mistake.closing(open) + 1) == WeirLexer.ARROW)
                .limit(1)
                .flatMap(open -> {
                    int close = mistake.closing(open);
                    int end = expressionEnd(mistake, close + 2);
                    return IntStream.range(open, close)
                            .filter(i -> mistake.type(i) == WeirLexer.ELLIPSIS || mistake.type(i) == WeirLexer.ASSIGN)
                            .limit(1)
                            .mapToObj(i -> {
                                boolean rest = mistake.type(i) == WeirLexer.ELLIPSIS;
                                var problem = new HabitProblem.ForeignForm(
                                        mistake.span(i),
                                        rest ? "rest of parameters" : "default of a parameter",
                                        rest
                                                ? "Name each parameter; a record without some fields is written anew:"
                                                        + " ({ id: order.id, total: order.total })."
                                                : "Say it where the value is used: (x) => (x ?? 1) + 1.");
                                return new Repair(problem, open, end, List.of(mistake.broken(open, end)));
                            });
                });
    }

    /// The first token on the level behind an expression.
    private static int expressionEnd(Mistake mistake, int from) {
        int end = from;
        while (end < mistake.size()
                && !mistake.startsLine(end)
                && mistake.type(end) != WeirLexer.COMMA
                && !Words.closes(mistake.type(end))) {
            end = mistake.next(end);
        }
        return end;
    }

    /// `order.total = 5`, `count++` inside an expression; in a condition, `=` is a slip for `===`.
    private static Stream<Repair> assignment(Mistake mistake) {
        int sign = mistake.at();
        int type = mistake.type(sign);
        int start = sign - 1;
        while (start > 1 && mistake.type(start - 1) == WeirLexer.DOT) {
            start -= 2;
        }
        boolean changes = type == WeirLexer.ASSIGN_OP || type == WeirLexer.STEPPING;
        boolean field = type == WeirLexer.ASSIGN && start < sign - 1 && !isCondition(mistake, sign);
        if (start < 1 || !Words.isName(mistake.type(start)) || !(changes || field)) {
            return Stream.empty();
        }
        int end = expressionEnd(mistake, sign + 1);
        var problem = new HabitProblem.StrayAssignment(mistake.span(start, sign), mistake.text(start, sign));
        return Stream.of(new Repair(problem, start, end, List.of(mistake.broken(start, end))));
    }

    private static boolean isCondition(Mistake mistake, int at) {
        var open = mistake.openBefore(at);
        if (open.isEmpty() || mistake.type(open.getLast()) != WeirLexer.LPAREN) {
            return false;
        }
        return IntStream.range(open.getLast(), at).noneMatch(i -> mistake.type(i) == WeirLexer.ARROW);
    }

    /// `x => { return x }`
    private static Stream<Repair> arrowBlock(Mistake mistake) {
        int at = mistake.at();
        return mistake.openBefore(at).reversed().stream()
                .filter(open -> mistake.type(open) == WeirLexer.LBRACE && mistake.type(open - 1) == WeirLexer.ARROW)
                .limit(1)
                .map(open -> {
                    int close = mistake.closing(open);
                    String value = ForeignStatements.returned(mistake, open, close);
                    List<Token> body = value == null
                            ? List.of(mistake.broken(open, close + 1))
                            : mistake.tokens().subList(open + 2, close);
                    var problem = new HabitProblem.ArrowBlock(mistake.span(open, close + 1), value);
                    return new Repair(problem, open, close + 1, body);
                });
    }

    /// `list.map(function (x) { return x })`
    private static Stream<Repair> functionExpression(Mistake mistake) {
        int at = mistake.at();
        if (at == 0 || mistake.type(at) != WeirLexer.FUNCTION) {
            return Stream.empty();
        }
        int end = at + 1;
        while (end < mistake.size() && mistake.type(end) != WeirLexer.LBRACE && end < at + 4) {
            end = mistake.next(end);
        }
        int close = mistake.type(end) == WeirLexer.LBRACE ? mistake.closing(end) + 1 : end;
        var problem = new HabitProblem.ForeignForm(
                mistake.span(at), "function expression", "Write an arrow, x => expression, or declare a `function`.");
        int to = Math.min(close, mistake.size());
        return Stream.of(new Repair(problem, at, to, List.of(mistake.broken(at, to))));
    }

    /// `new Date()`, `this.order`, `x instanceof Y`
    private static Stream<Repair> foreignOperand(Mistake mistake) {
        int at = mistake.at();
        if (mistake.type(at) != WeirLexer.JS_WORD) {
            return Stream.empty();
        }
        String word = mistake.text(at);
        int end = at + 1;
        if (!word.equals("this") && Words.beginsAtom(mistake.type(end))) {
            end++;
        }
        boolean more = true;
        while (more) {
            switch (mistake.type(end)) {
                case WeirLexer.DOT, WeirLexer.QDOT -> end += 2;
                case WeirLexer.LPAREN, WeirLexer.LBRACK -> end = mistake.next(end);
                default -> more = false;
            }
        }
        end = Math.min(end, mistake.size());
        var problem =
                new HabitProblem.ForeignForm(mistake.span(at), word, ForeignWords.instead(word, mistake.text(at + 1)));
        Token broken = mistake.broken(at, end);
        // As an operand, or as an operator with its right side.
        return Stream.of(new Repair(problem, at, end, List.of(broken)), new Repair(problem, at, end, List.of()));
    }

    /// `return http.get(url: …)`
    private static Stream<Repair> actionInExpression(Mistake mistake) {
        List<Integer> open = mistake.openBefore(mistake.at());
        if (open.isEmpty() || mistake.type(open.getLast()) != WeirLexer.LPAREN) {
            return Stream.empty();
        }
        int paren = open.getLast();
        boolean named = mistake.type(paren + 2) == WeirLexer.COLON && Words.isName(mistake.type(paren - 1));
        int from = paren - 1;
        while (mistake.type(from - 1) == WeirLexer.DOT) {
            from -= 2;
        }
        if (!named || from < 1) {
            return Stream.empty();
        }
        int to = Math.min(mistake.closing(paren) + 1, mistake.size());
        var problem = new HabitProblem.ActionInExpression(mistake.span(from, paren), mistake.text(from, paren));
        return Stream.of(new Repair(problem, from, to, List.of(mistake.broken(from, to))));
    }

    /// `Array<T>`, `Map<string, T>`
    private static Stream<Repair> genericType(Mistake mistake) {
        int less = mistake.at();
        if (mistake.type(less) != WeirLexer.LT || !Words.isName(mistake.type(less - 1))) {
            return Stream.empty();
        }
        int end = less + 1;
        int comma = -1;
        while (end < mistake.size() && mistake.type(end) != WeirLexer.GT && !mistake.startsLine(end)) {
            comma = mistake.type(end) == WeirLexer.COMMA ? end : comma;
            end = mistake.next(end);
        }
        if (mistake.type(end) != WeirLexer.GT) {
            return Stream.empty();
        }
        Span span = mistake.span(less - 1, end + 1);
        String written = mistake.text(less - 1, end + 1);
        List<Token> tokens = new ArrayList<>();
        String wanted;
        if (comma < 0) {
            wanted = "[" + mistake.text(less + 1, end) + "]";
            tokens.add(mistake.inserted(WeirLexer.LBRACK, less));
            tokens.addAll(mistake.tokens().subList(less + 1, end));
            tokens.add(mistake.inserted(WeirLexer.RBRACK, end));
        } else {
            wanted = "{ [name]: " + mistake.text(comma + 1, end) + " }";
            tokens.add(mistake.inserted(WeirLexer.LBRACE, less));
            tokens.add(mistake.inserted(WeirLexer.LBRACK, less));
            tokens.add(Habits.id("name", mistake.after(less)));
            tokens.add(mistake.inserted(WeirLexer.RBRACK, less));
            tokens.add(mistake.inserted(WeirLexer.COLON, less));
            tokens.addAll(mistake.tokens().subList(comma + 1, end));
            tokens.add(mistake.inserted(WeirLexer.RBRACE, end));
        }
        return Stream.of(new Repair(new HabitProblem.GenericType(span, written, wanted), less - 1, end + 1, tokens));
    }

    /// `string?`
    private static Stream<Repair> optionalType(Mistake mistake) {
        int at = mistake.at();
        if (mistake.type(at) != WeirLexer.QUESTION) {
            return Stream.empty();
        }
        List<Token> orNull = List.of(mistake.inserted(WeirLexer.PIPE, at), mistake.as(at, WeirLexer.NULL));
        return Stream.of(new Repair(new HabitProblem.OptionalType(mistake.span(at)), at, at + 1, orNull));
    }
}
