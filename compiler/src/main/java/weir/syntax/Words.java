package weir.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// What is known about the kinds of tokens.
final class Words {
    /// Every word of the language with its kind.
    private static final Map<String, Integer> WORDS = words();

    private Words() {}

    private static Map<String, Integer> words() {
        Map<String, Integer> words = new HashMap<>();
        for (int type = 1; type <= WeirLexer.VOCABULARY.getMaxTokenType(); type++) {
            String literal = WeirLexer.VOCABULARY.getLiteralName(type);
            if (literal != null && literal.matches("'[a-z]+'")) {
                words.put(literal.substring(1, literal.length() - 1), type);
            }
        }
        return Map.copyOf(words);
    }

    static Map<String, Integer> all() {
        return WORDS;
    }

    /// How a kind of token with one form is written, such as `)` or `times`.
    static String written(int type) {
        String literal = WeirLexer.VOCABULARY.getLiteralName(type);
        if (type == Token.EOF) {
            return "";
        }
        return literal == null ? WeirLexer.VOCABULARY.getDisplayName(type) : literal.substring(1, literal.length() - 1);
    }

    /// A token that nobody wrote, at a place.
    static Token inserted(int type, int offset) {
        return made(type, written(type), new Span(offset, offset));
    }

    /// A token that stands for what was written there.
    static Token made(int type, String text, Span span) {
        var token = new CommonToken(type, text);
        token.setStartIndex(span.start());
        token.setStopIndex(span.end() - 1);
        return token;
    }

    static boolean isDeclarationWord(int type) {
        return switch (type) {
            case WeirLexer.USE,
                    WeirLexer.TYPE,
                    WeirLexer.LET,
                    WeirLexer.SETTINGS,
                    WeirLexer.FUNCTION,
                    WeirLexer.POLICY,
                    WeirLexer.RULES,
                    WeirLexer.WORKFLOW,
                    WeirLexer.INTEGRATION,
                    WeirLexer.TEST -> true;
            default -> false;
        };
    }

    static boolean isStatementWord(int type) {
        return switch (type) {
            case WeirLexer.LET,
                    WeirLexer.STEP,
                    WeirLexer.IF,
                    WeirLexer.SWITCH,
                    WeirLexer.FOR,
                    WeirLexer.REPEAT,
                    WeirLexer.PARALLEL,
                    WeirLexer.RACE,
                    WeirLexer.WAIT,
                    WeirLexer.EMIT,
                    WeirLexer.LOG,
                    WeirLexer.SPLIT,
                    WeirLexer.TRY,
                    WeirLexer.RETURN,
                    WeirLexer.FAIL,
                    WeirLexer.YIELD -> true;
            default -> false;
        };
    }

    /// Words that are never names, JavaScript's included.
    static boolean isHard(int type) {
        return type >= WeirLexer.LET && type <= WeirLexer.JS_WORD;
    }

    static boolean isWord(int type) {
        return type >= WeirLexer.LET && type <= WeirLexer.ID;
    }

    /// A word that a user may give to something.
    static boolean isName(int type) {
        return isWord(type) && !isHard(type);
    }

    static boolean opens(int type) {
        return switch (type) {
            case WeirLexer.LPAREN, WeirLexer.LBRACK, WeirLexer.LBRACE, WeirLexer.TEMPLATE_EXPR -> true;
            default -> false;
        };
    }

    static boolean closes(int type) {
        return switch (type) {
            case WeirLexer.RPAREN, WeirLexer.RBRACK, WeirLexer.RBRACE -> true;
            default -> false;
        };
    }

    /// What closes an opening bracket.
    static int closing(int opening) {
        return switch (opening) {
            case WeirLexer.LPAREN -> WeirLexer.RPAREN;
            case WeirLexer.LBRACK -> WeirLexer.RBRACK;
            default -> WeirLexer.RBRACE;
        };
    }

    /// Whether an operand can end with it, so that an operator or nothing must follow.
    static boolean endsOperand(int type) {
        return closes(type)
                || (isWord(type) && type != WeirLexer.TYPEOF && type != WeirLexer.IN && type != WeirLexer.RETURN)
                || switch (type) {
                    case WeirLexer.NUMBER,
                            WeirLexer.DURATION,
                            WeirLexer.STRING,
                            WeirLexer.TEMPLATE_CLOSE,
                            WeirLexer.FENCE_CLOSE,
                            WeirLexer.BROKEN -> true;
                    default -> false;
                };
    }

    /// Whether it stands between or before operands.
    static boolean isOperator(int type) {
        return switch (type) {
            case WeirLexer.TYPEOF, WeirLexer.IN -> true;
            default -> type >= WeirLexer.ARROW && type <= WeirLexer.ASSIGN_OP && type != WeirLexer.GIVE;
        };
    }

    /// Whether a name, a literal or a template begins with it.
    static boolean beginsAtom(int type) {
        return isWord(type)
                || List.of(
                                WeirLexer.NUMBER,
                                WeirLexer.DURATION,
                                WeirLexer.STRING,
                                WeirLexer.TEMPLATE_OPEN,
                                WeirLexer.BROKEN)
                        .contains(type);
    }
}
