package weir.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser.DeclarationContext;
import weir.syntax.antlr.WeirParser.NameContext;
import weir.syntax.antlr.WeirParser.TypeBaseContext;
import weir.syntax.antlr.WeirParser.WordContext;

/// A text as coloured pieces, for terminals and documents. Words such as `key` are keywords only where they are read as
/// such; in a declaration that cannot be read, this is guessed from where they stand.
public final class Tokens {
    private Tokens() {}

    /// What a piece of text is.
    public enum Kind {
        KEYWORD,
        /// Something that a user named.
        NAME,
        /// A word after a dot, a key or an argument's name.
        PROPERTY,
        TYPE,
        STRING,
        NUMBER,
        OPERATOR,
        PUNCTUATION,
        COMMENT,
        DOC,
        /// JavaScript between fences.
        SCRIPT,
        UNKNOWN
    }

    public record Piece(Kind kind, Span span) {}

    /// The pieces in order. What lies between them is white space.
    public static List<Piece> of(Source source) {
        List<Token> tokens = new ArrayList<>();
        List<Token> visible = new ArrayList<>();
        var lexer = new ModalLexer(new TextStream(source.name(), source.text()));
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            if (token.getChannel() != Token.HIDDEN_CHANNEL) {
                tokens.add(token);
            }
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                visible.add(token);
            }
        }
        Map<Integer, Kind> words = new HashMap<>();
        for (List<Token> chunk : Chunks.of(source, visible)) {
            words(chunk, source, words);
        }
        List<Piece> pieces = new ArrayList<>();
        for (Token token : tokens) {
            Kind kind = words.getOrDefault(token.getStartIndex(), kind(token));
            append(pieces, new Piece(kind, Reading.span(token)));
        }
        return pieces;
    }

    /// Comments and templates come from the lexer in many pieces.
    private static void append(List<Piece> pieces, Piece piece) {
        boolean joins = !pieces.isEmpty()
                && pieces.getLast().kind() == piece.kind()
                && pieces.getLast().span().end() == piece.span().start()
                && (piece.kind() == Kind.COMMENT || piece.kind() == Kind.STRING || piece.kind() == Kind.SCRIPT);
        pieces.add(joins ? new Piece(piece.kind(), pieces.removeLast().span().to(piece.span())) : piece);
    }

    /// Finds out what the words of a declaration are there.
    private static void words(List<Token> chunk, Source source, Map<Integer, Kind> words) {
        Optional<DeclarationContext> read = Nesting.tooDeep(chunk).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(Attempt.read(chunk).declaration());
        if (read.isPresent()) {
            collect(read.get(), Kind.KEYWORD, words);
        } else {
            var reading = new Reading(source, new Docs());
            var mistake = new Mistake(reading, chunk, 0, List.of());
            for (int i = 0; i < chunk.size(); i++) {
                if (Words.isWord(mistake.type(i))) {
                    words.put(chunk.get(i).getStartIndex(), guess(mistake, i));
                }
            }
        }
    }

    private static void collect(ParserRuleContext context, Kind kind, Map<Integer, Kind> words) {
        for (ParseTree child : context.children == null ? List.<ParseTree>of() : context.children) {
            switch (child) {
                case TerminalNode leaf -> {
                    Token token = leaf.getSymbol();
                    if (Words.isWord(token.getType())) {
                        words.put(token.getStartIndex(), kind);
                    }
                }
                case WordContext word -> collect(word, Kind.PROPERTY, words);
                case NameContext name -> {
                    boolean property = kind == Kind.PROPERTY;
                    boolean type = context instanceof TypeBaseContext;
                    collect(name, property ? Kind.PROPERTY : type ? Kind.TYPE : Kind.NAME, words);
                }
                case ParserRuleContext inner -> collect(inner, Kind.KEYWORD, words);
                default -> {}
            }
        }
    }

    private static Kind guess(Mistake mistake, int i) {
        if (mistake.type(i - 1) == WeirLexer.DOT || mistake.type(i - 1) == WeirLexer.QDOT) {
            return Kind.PROPERTY;
        }
        if (mistake.type(i + 1) == WeirLexer.COLON) {
            return Kind.PROPERTY;
        }
        boolean begins = mistake.startsLine(i) && Words.beginsAtom(mistake.type(i + 1));
        return Words.isHard(mistake.type(i)) || (mistake.type(i) != WeirLexer.ID && begins) ? Kind.KEYWORD : Kind.NAME;
    }

    private static Kind kind(Token token) {
        int type = token.getType();
        return switch (type) {
            case WeirLexer.STRING,
                    WeirLexer.OPEN_STRING,
                    WeirLexer.TEMPLATE_OPEN,
                    WeirLexer.TEMPLATE_TEXT,
                    WeirLexer.TEMPLATE_NL,
                    WeirLexer.TEMPLATE_CLOSE -> Kind.STRING;
            case WeirLexer.NUMBER, WeirLexer.DURATION, WeirLexer.BAD_DOT, WeirLexer.BAD_NUMBER -> Kind.NUMBER;
            case WeirLexer.FENCE_OPEN, WeirLexer.FENCE_TEXT, WeirLexer.FENCE_NL, WeirLexer.FENCE_CLOSE -> Kind.SCRIPT;
            case WeirLexer.DOC -> Kind.DOC;
            case WeirLexer.LINE_COMMENT,
                    WeirLexer.COMMENT_OPEN,
                    WeirLexer.COMMENT_TEXT,
                    WeirLexer.COMMENT_NL,
                    WeirLexer.COMMENT_CLOSE -> Kind.COMMENT;
            case WeirLexer.ERR -> Kind.UNKNOWN;
            case WeirLexer.TEMPLATE_EXPR, WeirLexer.COMMA, WeirLexer.COLON, WeirLexer.SEMI, WeirLexer.DOT ->
                Kind.PUNCTUATION;
            default ->
                Words.opens(type) || Words.closes(type)
                        ? Kind.PUNCTUATION
                        : Words.isWord(type) ? Kind.NAME : Kind.OPERATOR;
        };
    }
}
