package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import weir.source.Nearest;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Guesses at slips of one word or sign: misspelled, missing, wrong, or one too many.
final class Slips {
    private static final List<int[]> SIGNS = List.of(
            new int[] {WeirLexer.COMMA},
            new int[] {WeirLexer.COLON},
            new int[] {WeirLexer.ASSIGN},
            new int[] {WeirLexer.GIVE},
            new int[] {WeirLexer.LPAREN, WeirLexer.RPAREN});

    private static final List<int[]> WORDS = List.of(
            new int[] {WeirLexer.OF},
            new int[] {WeirLexer.TIMES},
            new int[] {WeirLexer.AT, WeirLexer.MOST},
            new int[] {WeirLexer.MOST},
            new int[] {WeirLexer.AT, WeirLexer.ONCE},
            new int[] {WeirLexer.ONCE},
            new int[] {WeirLexer.PER},
            new int[] {WeirLexer.TO},
            new int[] {WeirLexer.FROM},
            new int[] {WeirLexer.FOR},
            new int[] {WeirLexer.THEN},
            new int[] {WeirLexer.BY},
            new int[] {WeirLexer.WHEN},
            new int[] {WeirLexer.WITH},
            new int[] {WeirLexer.ERROR},
            new int[] {WeirLexer.RETURNS},
            new int[] {WeirLexer.CASE},
            new int[] {WeirLexer.CATCH, WeirLexer.ERROR, WeirLexer.LBRACE, WeirLexer.RBRACE},
            new int[] {WeirLexer.LBRACE, WeirLexer.RBRACE});

    private Slips() {}

    static Stream<Repair> at(Mistake mistake) {
        return Stream.of(
                        reserved(mistake),
                        misspelled(mistake),
                        unquoted(mistake),
                        doubled(mistake),
                        wrongSign(mistake),
                        missing(mistake, SIGNS),
                        missingPercent(mistake),
                        // Before the words: where a name is missing, every word would do.
                        missingParts(mistake),
                        missing(mistake, WORDS),
                        surplusSign(mistake))
                .flatMap(guesses -> guesses);
    }

    private static Stream<Repair> misspelled(Mistake mistake) {
        int at = mistake.at();
        return IntStream.of(mistake.start(at), at, at - 1, at - 2)
                .filter(i ->
                        mistake.type(i) == WeirLexer.ID || (Words.isHard(mistake.type(i)) && !mistake.startsLine(i)))
                .filter(i -> mistake.text(i).length() > 1)
                .distinct()
                .boxed()
                .flatMap(i -> misspelled(mistake, i));
    }

    private static Stream<Repair> misspelled(Mistake mistake, int i) {
        String written = mistake.text(i);
        return Nearest.ranked(written, Words.all().keySet()).stream().limit(3).map(meant -> {
            int type = Words.all().getOrDefault(meant, WeirLexer.ID);
            var problem = new StructureProblem.Misspelled(mistake.span(i), written, meant);
            return new Repair(problem, i, i + 1, List.of(mistake.as(i, type)));
        });
    }

    /// A word where a text should stand: the title of a test, the code of a failure.
    private static Stream<Repair> unquoted(Mistake mistake) {
        int at = mistake.at();
        int end = at;
        while (Words.isWord(mistake.type(end)) && (end == at || !mistake.startsLine(end))) {
            end++;
        }
        if (end == at || mistake.type(0) != WeirLexer.TEST || mistake.startsLine(at)) {
            return Stream.empty();
        }
        Span span = mistake.span(at, end);
        String text = "\"" + mistake.text(at, end) + "\"";
        Token string = Words.made(WeirLexer.STRING, text, span);
        return Stream.of(new Repair(new StructureProblem.MissingQuotes(span, text), at, end, List.of(string)));
    }

    /// A word of the language where a name should stand.
    private static Stream<Repair> reserved(Mistake mistake) {
        int at = mistake.at();
        if (!Words.isHard(mistake.type(at)) || mistake.startsLine(at)) {
            return Stream.empty();
        }
        return Stream.of(ReservedNames.repair(mistake, at));
    }

    private static Stream<Repair> wrongSign(Mistake mistake) {
        return IntStream.of(mistake.at(), mistake.at() - 1)
                .boxed()
                .flatMap(i -> meant(mistake, i).stream().map(meant -> {
                    String wanted = Words.written(meant);
                    int from = meant == WeirLexer.COLON
                            ? mistake.after(i).start()
                            : mistake.span(i).start();
                    var problem = new StructureProblem.WrongSign(mistake.span(i), mistake.text(i), wanted, from);
                    return new Repair(problem, i, i + 1, List.of(mistake.as(i, meant)));
                }));
    }

    private static List<Integer> meant(Mistake mistake, int i) {
        if (mistake.type(0) == WeirLexer.TEST && isGiving(mistake.type(i))) {
            return List.of(WeirLexer.RETURNS);
        }
        return switch (mistake.type(i)) {
            case WeirLexer.MINUS -> mistake.type(0) == WeirLexer.RULES ? List.of(WeirLexer.RANGE) : List.of();
            case WeirLexer.ASSIGN -> List.of(WeirLexer.COLON, WeirLexer.EQ3);
            case WeirLexer.COLON -> List.of(WeirLexer.ASSIGN, WeirLexer.GIVE);
            case WeirLexer.ARROW -> List.of(WeirLexer.GIVE, WeirLexer.COLON);
            case WeirLexer.GIVE -> List.of(WeirLexer.ARROW, WeirLexer.COLON);
            case WeirLexer.EQ2, WeirLexer.EQ3 -> List.of(WeirLexer.ASSIGN);
            case WeirLexer.SEMI -> List.of(WeirLexer.COMMA);
            case WeirLexer.PIPE -> List.of(WeirLexer.OROR);
            case WeirLexer.OROR -> List.of(WeirLexer.PIPE);
            case WeirLexer.ELLIPSIS -> List.of(WeirLexer.RANGE);
            default -> List.of();
        };
    }

    /// `control 90 { … }` in a split.
    private static Stream<Repair> missingPercent(Mistake mistake) {
        return mistake.rules().contains("splitBranch")
                ? missing(mistake, List.of(new int[] {WeirLexer.PERCENT}))
                : Stream.empty();
    }

    /// @param missing what may be missing before the token
    private static Stream<Repair> missing(Mistake mistake, List<int[]> missing) {
        int at = mistake.at();
        if (mistake.type(at - 1) == WeirLexer.USE) {
            return Stream.empty();
        }
        return missing.stream().map(types -> {
            boolean begins = mistake.startsLine(at) && (types[0] == WeirLexer.CASE || types[0] == WeirLexer.WHEN);
            int before = mistake.span(at).start();
            Span place = begins ? new Span(before, before) : mistake.after(at);
            List<Token> tokens = new ArrayList<>();
            List<String> words = new ArrayList<>();
            for (int type : types) {
                tokens.add(Words.inserted(type, place.start()));
                words.add(Words.written(type));
            }
            boolean sign = !Words.isWord(types[0]);
            String written = String.join(sign ? "" : " ", words);
            boolean close = types[0] == WeirLexer.COMMA || types[0] == WeirLexer.COLON || types[0] == WeirLexer.LPAREN;
            String insertion = begins ? written + " " : close ? written : " " + written;
            return new Repair(new StructureProblem.MissingWords(place, written, insertion), at, at, tokens);
        });
    }

    /// `,,` or `||` with a space between.
    private static Stream<Repair> doubled(Mistake mistake) {
        int at = mistake.at();
        return isSign(mistake.type(at)) && mistake.type(at) == mistake.type(at - 1)
                ? Stream.of(new Repair(
                        new StructureProblem.SurplusSign(mistake.span(at), mistake.text(at)), at, at + 1, List.of()))
                : Stream.empty();
    }

    private static boolean isGiving(int type) {
        return type == WeirLexer.GIVE || type == WeirLexer.ARROW || type == WeirLexer.ASSIGN || type == WeirLexer.COLON;
    }

    private static Stream<Repair> surplusSign(Mistake mistake) {
        return IntStream.of(mistake.at(), mistake.at() - 1)
                .filter(i -> i > 0 && isSign(mistake.type(i)))
                .mapToObj(i -> new Repair(
                        new StructureProblem.SurplusSign(mistake.span(i), mistake.text(i)), i, i + 1, List.of()));
    }

    private static boolean isSign(int type) {
        return type == WeirLexer.COMMA || type == WeirLexer.COLON || (Words.isOperator(type) && !Words.isWord(type));
    }

    /// A value, a type or a name that should stand before the token.
    private static Stream<Repair> missingParts(Mistake mistake) {
        int at = mistake.at();
        if (at == 0 || mistake.type(at - 1) == WeirLexer.USE) {
            return Stream.empty();
        }
        Span place = mistake.after(at);
        String after = mistake.text(at - 1);
        if (mistake.type(at - 1) == WeirLexer.IF || mistake.type(at - 1) == WeirLexer.SWITCH) {
            List<Token> condition = List.of(
                    Words.inserted(WeirLexer.LPAREN, place.start()),
                    Words.made(WeirLexer.BROKEN, "", place),
                    Words.inserted(WeirLexer.RPAREN, place.start()));
            var problem = new StructureProblem.MissingPart(place, "A value in parentheses", after);
            return Stream.of(new Repair(problem, at, at, condition));
        }
        String value = Complaints.wantsType(mistake) ? "A type" : "A value";
        return Stream.of(
                new Repair(
                        new StructureProblem.MissingPart(place, value, after),
                        at,
                        at,
                        List.of(Words.made(WeirLexer.BROKEN, "", place))),
                missingName(mistake, place, after),
                mistake.rules().contains("parameters")
                        ? behind(at, WeirLexer.COLON, place, "A type (`: T`)", after)
                        : behind(at, WeirLexer.COLON, place, "The other value (`: value`)", after),
                behind(at, WeirLexer.ASSIGN, place, "The value (`= value`)", after),
                behind(at, WeirLexer.GIVE, place, "The type of the result (`-> T`)", after),
                new Repair(
                        new StructureProblem.MissingPart(place, "A version such as 1.0", after),
                        at,
                        at,
                        List.of(Words.made(WeirLexer.NUMBER, "1.0", place))));
    }

    /// A name, or, behind a dot, nothing: what stands before the dot goes on without it.
    private static Repair missingName(Mistake mistake, Span place, String after) {
        int at = mistake.at();
        var problem = new StructureProblem.MissingPart(place, "A name", after);
        boolean dot = mistake.type(at - 1) == WeirLexer.DOT || mistake.type(at - 1) == WeirLexer.QDOT;
        return dot
                ? new Repair(problem, at - 1, at, List.of())
                : new Repair(problem, at, at, List.of(Words.made(WeirLexer.ID, "_", place)));
    }

    /// A part that follows a sign, with the sign.
    private static Repair behind(int at, int sign, Span place, String what, String after) {
        return new Repair(
                new StructureProblem.MissingPart(place, what, after),
                at,
                at,
                List.of(Words.inserted(sign, place.start()), Words.made(WeirLexer.BROKEN, "", place)));
    }
}
