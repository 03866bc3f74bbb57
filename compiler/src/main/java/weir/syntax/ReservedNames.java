package weir.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Words of the language, and of JavaScript, where a name should stand. Such a word is told once: where it is used as
/// the name, it is read as one.
final class ReservedNames {
    private ReservedNames() {}

    /// `let class = 1`, `step new = …`, `for case of …`, `workflow w(new: int)`
    static Stream<Repair> at(Mistake mistake) {
        int at = mistake.at();
        if (!Words.isHard(mistake.type(at)) || mistake.startsLine(at)) {
            return Stream.empty();
        }
        int behind = mistake.type(at + 1);
        boolean names = switch (mistake.type(at - 1)) {
            case WeirLexer.LET, WeirLexer.STEP -> behind == WeirLexer.ASSIGN || behind == WeirLexer.COLON;
            case WeirLexer.FOR -> behind == WeirLexer.OF || behind == WeirLexer.COMMA;
            case WeirLexer.LPAREN, WeirLexer.COMMA ->
                behind == WeirLexer.COLON && mistake.rules().contains("parameters");
            default -> false;
        };
        return names ? Stream.of(repair(mistake, at)) : Stream.empty();
    }

    static Repair repair(Mistake mistake, int at) {
        Token name = mistake.token(at);
        List<Span> uses = IntStream.range(at + 1, mistake.size())
                .filter(i -> isUse(mistake.tokens(), i, name.getText(), mistake.startsLine(i)))
                .mapToObj(mistake::span)
                .toList();
        Span span = mistake.span(at);
        boolean own = name.getType() != WeirLexer.JS_WORD;
        return new Repair(
                new StructureProblem.ReservedName(span, name.getText(), own, uses),
                at,
                at + 1,
                List.of(Words.made(WeirLexer.ID, name.getText(), span)));
    }

    /// The tokens with the uses of a reserved name as names, if that is what the problem is about.
    static List<Token> asNames(SyntaxProblem problem, List<Token> tokens) {
        if (!(problem instanceof StructureProblem.ReservedName reserved)) {
            return tokens;
        }
        var uses = new HashSet<>(reserved.uses());
        List<Token> named = new ArrayList<>(tokens);
        named.replaceAll(token -> uses.contains(Reading.span(token))
                ? Words.made(WeirLexer.ID, token.getText(), Reading.span(token))
                : token);
        return named;
    }

    /// Whether a word can only be meant as the name there: words of the language begin something of their own at
    /// the beginning of a line or block, and some stand between values.
    private static boolean isUse(List<Token> tokens, int i, String word, boolean startsLine) {
        int type = tokens.get(i).getType();
        int before = tokens.get(i - 1).getType();
        if (!tokens.get(i).getText().equals(word) || !Words.isHard(type) || before == WeirLexer.DOT) {
            return false;
        }
        boolean begins = startsLine || before == WeirLexer.LBRACE || before == WeirLexer.RBRACE;
        boolean between = switch (type) {
            case WeirLexer.IN, WeirLexer.TYPEOF, WeirLexer.NULL, WeirLexer.TRUE, WeirLexer.FALSE -> true;
            default -> false;
        };
        return type == WeirLexer.JS_WORD || (!begins && !between);
    }
}
