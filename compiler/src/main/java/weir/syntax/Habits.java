package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Guesses at what other languages taught: words, missing words, things in other places. How statements are put
/// together elsewhere is in `ForeignStatements`, expressions in `ForeignExpressions`.
final class Habits {
    private static final List<Function<Mistake, Stream<Repair>>> HABITS = List.of(
            ReservedNames::at,
            ForeignStatements::caseWithColon,
            ForeignBlocks::at,
            Habits::strangeAssignment,
            Habits::changingCall,
            Habits::foreignStatementWord,
            Habits::letOfAction,
            Habits::strayCall,
            Habits::strayEffect,
            Habits::strayAssignment,
            Habits::missingLet,
            Habits::changingAssignment,
            ForeignStatements::at,
            Habits::afterReturn,
            Habits::misplacedHead,
            Habits::danglingDot,
            Habits::spacedDuration,
            Habits::calledOnce,
            Habits::valueOfWait,
            Habits::bareCellCondition,
            ForeignExpressions::at);

    private static final Set<String> LOGGING =
            Set.of("console.log", "console.info", "console.error", "print", "println", "echo");

    /// What changes a list in JavaScript, and what there is instead.
    private static final Map<String, String> CHANGING = Map.of(
            "push", "Lists never change: `let more = [...list, item]` is one with an item more.",
            "unshift", "Lists never change: `let more = [item, ...list]` is one with an item more.",
            "pop", "Lists never change: `list.slice(0, -1)` is the list without its last item.",
            "shift", "Lists never change: `list.slice(1)` is the list without its first item.",
            "sort", "Lists never change: `let sorted = list.toSorted(…)` is a sorted one.",
            "reverse", "Lists never change: `let reversed = list.toReversed()` is a reversed one.",
            "splice", "Lists never change: `list.toSpliced(…)` is a changed one.",
            "forEach", "Write `for item of list { … }`.");

    /// What other languages call the types of values.
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("string", "string"),
            Map.entry("String", "string"),
            Map.entry("str", "string"),
            Map.entry("int", "int"),
            Map.entry("integer", "int"),
            Map.entry("long", "int"),
            Map.entry("number", "number"),
            Map.entry("float", "number"),
            Map.entry("double", "number"),
            Map.entry("boolean", "boolean"),
            Map.entry("bool", "boolean"),
            Map.entry("json", "json"),
            Map.entry("datetime", "datetime"),
            Map.entry("duration", "duration"));

    private Habits() {}

    static Stream<Repair> at(Mistake mistake) {
        return HABITS.stream().flatMap(habit -> habit.apply(mistake));
    }

    /// `const x = …`, `throw …`, `elif (…)`
    private static Stream<Repair> foreignStatementWord(Mistake mistake) {
        int at = mistake.at();
        return IntStream.of(mistake.start(at), at, at - 1)
                .filter(i -> i > 0)
                .distinct()
                .boxed()
                .flatMap(i -> {
                    String written = mistake.text(i);
                    List<Integer> types = !Words.isWord(mistake.type(i))
                            ? List.of()
                            : switch (mistake.type(0)) {
                                case WeirLexer.RULES -> ForeignWords.rule(written);
                                case WeirLexer.TEST -> ForeignWords.test(written);
                                default -> ForeignWords.statement(written);
                            };
                    if (types.isEmpty()) {
                        return Stream.empty();
                    }
                    List<Token> tokens = new ArrayList<>();
                    List<String> words = new ArrayList<>();
                    for (int type : types) {
                        tokens.add(Words.made(type, Words.written(type), mistake.span(i)));
                        words.add(Words.written(type));
                    }
                    var problem = new HabitProblem.ForeignWord(mistake.span(i), written, String.join(" ", words));
                    return Stream.of(new Repair(problem, i, i + 1, tokens));
                });
    }

    /// `let page = http.get(url: …)`
    private static Stream<Repair> letOfAction(Mistake mistake) {
        int start = mistake.start(mistake.at());
        int assign = start;
        while (assign < mistake.size() && mistake.type(assign) != WeirLexer.ASSIGN && assign < mistake.at()) {
            assign = mistake.next(assign);
        }
        return mistake.type(start) == WeirLexer.LET && start > 0 && givesEffect(mistake, assign)
                ? Stream.of(new Repair(
                        new HabitProblem.LetOfAction(mistake.span(start)),
                        start,
                        start + 1,
                        List.of(mistake.as(start, WeirLexer.STEP))))
                : Stream.empty();
    }

    /// `http.get(url: …)`
    private static Stream<Repair> strayCall(Mistake mistake) {
        int at = mistake.at();
        int open = pathEnd(mistake, at);
        if (open < 0 || mistake.type(open) != WeirLexer.LPAREN) {
            return Stream.empty();
        }
        String callee = mistake.text(at, open);
        Span span = mistake.span(at, open);
        if (LOGGING.contains(callee)) {
            var problem = new HabitProblem.ForeignWord(span, callee, "log");
            return Stream.of(new Repair(problem, at, open, List.of(Words.made(WeirLexer.LOG, "log", span))));
        }
        return Stream.of(new Repair(
                new HabitProblem.StrayCall(span, callee), at, at, List.of(mistake.inserted(WeirLexer.STEP, at))));
    }

    /// The token behind a dotted path that begins there, or -1.
    private static int pathEnd(Mistake mistake, int start) {
        if (start == 0 || !Words.isName(mistake.type(start))) {
            return -1;
        }
        int end = start + 1;
        while (mistake.type(end) == WeirLexer.DOT && Words.isWord(mistake.type(end + 1))) {
            end += 2;
        }
        return end;
    }

    /// `ask …`, `wait for "event" …`
    private static Stream<Repair> strayEffect(Mistake mistake) {
        int at = mistake.at();
        int start = mistake.type(at) == WeirLexer.FOR && mistake.type(at - 1) == WeirLexer.WAIT ? at - 1 : at;
        if (start == 0 || (mistake.type(start) != WeirLexer.ASK && start == at)) {
            return Stream.empty();
        }
        var problem = new HabitProblem.StrayEffect(mistake.span(start), mistake.text(start));
        return Stream.of(new Repair(problem, start, start, List.of(mistake.inserted(WeirLexer.STEP, start))));
    }

    /// `total = 5` where there is a total already, `order.total = 5`
    private static Stream<Repair> strayAssignment(Mistake mistake) {
        int start = mistake.at();
        int sign = pathEnd(mistake, start);
        if (sign < 0 || mistake.type(sign) != WeirLexer.ASSIGN) {
            return Stream.empty();
        }
        String name = mistake.text(start, sign);
        if (sign == start + 1 && !isMadeBefore(mistake, name, start)) {
            return Stream.empty();
        }
        int end = lineEnd(mistake, sign + 1);
        var problem = new HabitProblem.StrayAssignment(mistake.span(start, sign), name);
        return Stream.of(new Repair(problem, start, end, List.of(mistake.broken(start, end))));
    }

    private static boolean isMadeBefore(Mistake mistake, String name, int before) {
        return IntStream.range(1, before)
                .anyMatch(i -> mistake.text(i).equals(name)
                        && (mistake.type(i - 1) == WeirLexer.LET
                                || mistake.type(i - 1) == WeirLexer.STEP
                                || mistake.type(i + 1) == WeirLexer.COLON));
    }

    /// The first token on the level that begins a line or closes the level.
    static int lineEnd(Mistake mistake, int from) {
        int end = from;
        while (end < mistake.size() && !mistake.startsLine(end) && !Words.closes(mistake.type(end))) {
            end = mistake.next(end);
        }
        return end;
    }

    /// `page = http.get(url: …)`, `total: number = 5`
    private static Stream<Repair> missingLet(Mistake mistake) {
        int start = mistake.start(mistake.at());
        boolean names = start > 0
                && Words.isName(mistake.type(start))
                && (mistake.type(start + 1) == WeirLexer.ASSIGN || mistake.type(start + 1) == WeirLexer.COLON);
        if (!names) {
            return Stream.empty();
        }
        int type = givesEffect(mistake, start + 1) ? WeirLexer.STEP : WeirLexer.LET;
        Span name = mistake.span(start);
        var problem = new HabitProblem.MissingLet(name, mistake.text(start), Words.written(type));
        return Stream.of(new Repair(problem, start, start, List.of(Words.inserted(type, name.start()))));
    }

    /// `y := 1`, `let mut y = 1`, `int y = 1`
    private static Stream<Repair> strangeAssignment(Mistake mistake) {
        int at = mistake.at();
        int start = mistake.start(at);
        int colon = at == start ? at + 1 : mistake.type(at) == WeirLexer.ASSIGN ? at - 1 : at;
        boolean walrus = mistake.type(colon) == WeirLexer.COLON
                && mistake.type(colon + 1) == WeirLexer.ASSIGN
                && mistake.span(colon).end() == mistake.span(colon + 1).start();
        if (walrus) {
            boolean isNew = start == colon - 1;
            int from = isNew ? start : colon;
            Span span = mistake.span(from, colon + 2);
            String name = isNew ? mistake.text(start) + " " : "";
            var problem = new HabitProblem.ForeignWord(span, name + ":=", isNew ? "let " + name + "=" : "=");
            List<Token> tokens = isNew
                    ? List.of(mistake.inserted(WeirLexer.LET, start), mistake.token(start), mistake.token(colon + 1))
                    : List.of(mistake.token(colon + 1));
            return Stream.of(new Repair(problem, from, colon + 2, tokens));
        }
        boolean let = mistake.type(start) == WeirLexer.LET;
        int type = let ? start + 1 : start;
        boolean twoWords = start > 0
                && Words.isName(mistake.type(type))
                && Words.isName(mistake.type(type + 1))
                && !TYPES.containsKey(mistake.text(type + 1))
                && mistake.type(type + 2) == WeirLexer.ASSIGN;
        return twoWords ? Stream.of(typeInFront(mistake, start, type, let)) : Stream.empty();
    }

    private static Repair typeInFront(Mistake mistake, int start, int type, boolean let) {
        String word = mistake.text(type);
        String name = mistake.text(type + 1);
        String meant = TYPES.get(word);
        Span span = mistake.span(start, type + 2);
        List<Token> tokens = new ArrayList<>();
        tokens.add(let ? mistake.token(start) : mistake.inserted(WeirLexer.LET, start));
        tokens.add(mistake.token(type + 1));
        if (meant != null) {
            tokens.add(mistake.inserted(WeirLexer.COLON, type + 2));
            tokens.add(id(meant, mistake.span(type)));
        }
        String wanted = "let " + name + (meant == null ? "" : ": " + meant);
        return new Repair(
                new HabitProblem.ForeignWord(span, (let ? "let " : "") + word + " " + name, wanted),
                start,
                type + 2,
                tokens);
    }

    /// `list.push(item)`
    private static Stream<Repair> changingCall(Mistake mistake) {
        int at = mistake.at();
        int open = pathEnd(mistake, at);
        String instead = open < 0 ? null : CHANGING.get(mistake.text(open - 1));
        boolean called = mistake.type(open) == WeirLexer.LPAREN && open > at + 1;
        if (instead == null || !called || !isMadeBefore(mistake, mistake.text(at), at)) {
            return Stream.empty();
        }
        int end = lineEnd(mistake, open);
        var problem = new HabitProblem.ForeignForm(mistake.span(open - 1), mistake.text(open - 1), instead);
        return Stream.of(new Repair(problem, at, end, List.of(mistake.broken(at, end))));
    }

    /// Whether an action with named arguments, a block or an effect follows an `=`.
    private static boolean givesEffect(Mistake mistake, int assign) {
        int open = pathEnd(mistake, assign + 1);
        return open < 0
                ? Words.isHard(mistake.type(assign + 1))
                : mistake.type(open) == WeirLexer.LPAREN && mistake.type(open + 2) == WeirLexer.COLON;
    }

    /// `total += 5`, `i++`
    private static Stream<Repair> changingAssignment(Mistake mistake) {
        int at = mistake.at();
        int start = mistake.start(at);
        int pathEnd = pathEnd(mistake, start);
        int sign = pathEnd < 0 ? start : pathEnd;
        boolean changes = mistake.type(sign) == WeirLexer.ASSIGN_OP || mistake.type(sign) == WeirLexer.STEPPING;
        if (!changes || start == 0) {
            return Stream.empty();
        }
        int end = lineEnd(mistake, sign + 1);
        int name = sign == start ? sign + 1 : start;
        var problem = new HabitProblem.StrayAssignment(mistake.span(start, end), mistake.text(name));
        return Stream.of(new Repair(problem, start, end, List.of(mistake.broken(start, end))));
    }

    private static Stream<Repair> afterReturn(Mistake mistake) {
        int at = mistake.at();
        if (mistake.type(at - 1) != WeirLexer.RETURN || !mistake.startsLine(at) || Words.closes(mistake.type(at))) {
            return Stream.empty();
        }
        int end = at;
        while (end < mistake.size() && !Words.closes(mistake.type(end))) {
            end = mistake.next(end);
        }
        var problem = new StructureProblem.AfterReturn(mistake.span(at), mistake.span(at - 1));
        return Stream.of(new Repair(problem, at, end, List.of()));
    }

    /// A trigger or setting after a statement.
    private static Stream<Repair> misplacedHead(Mistake mistake) {
        int at = mistake.at();
        int start = mistake.start(at);
        boolean isHead = switch (mistake.type(start)) {
            case WeirLexer.ON, WeirLexer.PRIORITY, WeirLexer.ONCE, WeirLexer.AT, WeirLexer.TIMEOUT -> true;
            default -> false;
        };
        boolean late = IntStream.range(mistake.block(start) + 1, start).anyMatch(mistake::startsStatement);
        if (!isHead || !late || mistake.type(0) != WeirLexer.WORKFLOW || !mistake.startsLine(start)) {
            return Stream.empty();
        }
        int end = lineEnd(mistake, start + 1);
        while (mistake.type(end) == WeirLexer.WHEN || mistake.type(end) == WeirLexer.WITH) {
            end = lineEnd(mistake, end + 1);
        }
        var problem = new StructureProblem.MisplacedHead(mistake.span(start), mistake.text(start));
        return Stream.of(new Repair(problem, start, end, List.of()));
    }

    /// `order.` at the end of a line: the next statement's word reads as the missing name.
    private static Stream<Repair> danglingDot(Mistake mistake) {
        return Stream.of(mistake.at(), mistake.at() - 1)
                .filter(i -> mistake.startsLine(i)
                        && Words.isStatementWord(mistake.type(i))
                        && (mistake.type(i - 1) == WeirLexer.DOT || mistake.type(i - 1) == WeirLexer.QDOT))
                .map(i -> new Repair(
                        new StructureProblem.MissingPart(mistake.after(i), "A name", mistake.text(i - 1)),
                        i - 1,
                        i,
                        List.of()));
    }

    /// `called once`, `called twice`
    private static Stream<Repair> calledOnce(Mistake mistake) {
        int at = mistake.at() - 1;
        String times = mistake.text(at).equals("once") ? "1" : mistake.text(at).equals("twice") ? "2" : "";
        if (times.isEmpty() || mistake.type(at - 1) != WeirLexer.CALLED) {
            return Stream.empty();
        }
        Span span = mistake.span(at);
        List<Token> tokens =
                List.of(Words.made(WeirLexer.NUMBER, times, span), Words.inserted(WeirLexer.TIMES, span.end()));
        var problem = new HabitProblem.ForeignWord(span, mistake.text(at), times + " times");
        return Stream.of(new Repair(problem, at, at + 1, tokens));
    }

    /// `wait 5 minutes`
    private static Stream<Repair> spacedDuration(Mistake mistake) {
        int at = mistake.at();
        if (mistake.type(at - 1) != WeirLexer.NUMBER || !Words.isWord(mistake.type(at))) {
            return Stream.empty();
        }
        Span span = mistake.span(at - 1, at + 1);
        return StrangeTokens.duration(mistake.text(at - 1), mistake.text(at)).stream()
                .map(duration -> new Repair(
                        new LexicalProblem.BadNumber(span, mistake.text(at - 1, at + 1), duration),
                        at - 1,
                        at + 1,
                        List.of(Words.made(WeirLexer.DURATION, duration, span))));
    }

    /// `step done = wait 5m`
    private static Stream<Repair> valueOfWait(Mistake mistake) {
        int start = mistake.start(mistake.at());
        boolean named = mistake.type(start) == WeirLexer.STEP
                && mistake.type(start + 2) == WeirLexer.ASSIGN
                && mistake.type(start + 3) == WeirLexer.WAIT;
        if (!named) {
            return Stream.empty();
        }
        var span = new Span(mistake.span(start).start(), mistake.span(start + 3).start());
        return Stream.of(new Repair(new HabitProblem.ValueOfWait(span), start, start + 3, List.of()));
    }

    /// `| age > 18 && member || … |`
    private static Stream<Repair> bareCellCondition(Mistake mistake) {
        int at = mistake.at();
        boolean inTable = mistake.type(0) == WeirLexer.RULES && mistake.type(mistake.block(at) + 1) == WeirLexer.PIPE;
        boolean operator = Words.isOperator(mistake.type(at)) && mistake.type(at) != WeirLexer.MINUS;
        if (!inTable || !operator || isCellEdge(mistake.type(at))) {
            return Stream.empty();
        }
        int from = at;
        while (!isCellEdge(mistake.type(from - 1)) && !mistake.startsLine(from)) {
            from--;
        }
        int to = at;
        while (to < mistake.size() && !isCellEdge(mistake.type(to)) && !mistake.startsLine(to)) {
            to = mistake.next(to);
        }
        List<Token> cell = new ArrayList<>(mistake.tokens().subList(from, to));
        cell.addFirst(mistake.inserted(WeirLexer.LPAREN, from));
        cell.addLast(mistake.inserted(WeirLexer.RPAREN, to));
        return Stream.of(new Repair(new StructureProblem.BareCellCondition(mistake.span(from, to)), from, to, cell));
    }

    private static boolean isCellEdge(int type) {
        return type == WeirLexer.PIPE || type == WeirLexer.OROR;
    }

    static Token id(String text, Span span) {
        return Words.made(WeirLexer.ID, text, span);
    }
}
