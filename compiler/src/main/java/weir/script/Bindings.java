package weir.script;

import java.util.function.Consumer;
import weir.script.Token.Kind;

/// Reads what declares names: parameters, and the left sides of declarations.
final class Bindings {
    private final Tokens tokens;
    private final Names names;
    private final Expressions expressions;

    Bindings(Tokens tokens, Names names, Expressions expressions) {
        this.tokens = tokens;
        this.names = names;
        this.expressions = expressions;
    }

    /// A name that is declared here.
    Token name() {
        Token name = tokens.now();
        if (name.kind() != Kind.NAME) {
            throw tokens.misplaced(null);
        }
        requireFree(name);
        return tokens.take();
    }

    /// A word of the language is no name.
    void requireFree(Token name) {
        boolean word = Words.isReserved(name.text())
                || (name.text().equals("await") && expressions.isAsync())
                || name.text().equals("eval")
                || name.text().equals("arguments");
        if (word) {
            throw new Unreadable(
                    "`%s` is a word of JavaScript and cannot be a name.".formatted(name.text()),
                    name.start(),
                    name.end());
        }
    }

    /// The left side of a declaration by that word.
    void declared(String word) {
        target(word.equals("var") ? names::variable : names::lexical);
    }

    /// A parameter without a standard value, or the error of a `catch`.
    void parameter() {
        target(names::parameter);
    }

    /// `(a, b = 1, ...c)`
    void parameters() {
        Token open = tokens.expect("(");
        while (!tokens.is(")") && !tokens.now().isEnd()) {
            if (tokens.accept("...")) {
                parameter();
                break;
            }
            parameter();
            if (tokens.accept("=")) {
                expressions.assignment(true);
            }
            if (!tokens.accept(",")) {
                break;
            }
        }
        tokens.close(")", open);
    }

    private void target(Consumer<Token> declare) {
        tokens.enter();
        if (tokens.is("[")) {
            items(declare);
        } else if (tokens.is("{")) {
            fields(declare);
        } else {
            declare.accept(name());
        }
        tokens.leave();
    }

    private void withStandard(Consumer<Token> declare) {
        target(declare);
        if (tokens.accept("=")) {
            expressions.assignment(true);
        }
    }

    private void items(Consumer<Token> declare) {
        Token open = tokens.take();
        while (!tokens.is("]") && !tokens.now().isEnd()) {
            if (tokens.accept(",")) {
                continue;
            }
            if (tokens.accept("...")) {
                target(declare);
                break;
            }
            withStandard(declare);
            if (!tokens.accept(",")) {
                break;
            }
        }
        tokens.close("]", open);
    }

    private void fields(Consumer<Token> declare) {
        Token open = tokens.take();
        while (!tokens.is("}") && !tokens.now().isEnd()) {
            if (tokens.accept("...")) {
                declare.accept(name());
                break;
            }
            Token key = tokens.now();
            expressions.classes.key();
            if (tokens.accept(":")) {
                withStandard(declare);
            } else {
                if (key.kind() != Kind.NAME) {
                    throw tokens.missing(":");
                }
                requireFree(key);
                declare.accept(key);
                if (tokens.accept("=")) {
                    expressions.assignment(true);
                }
            }
            if (!tokens.accept(",")) {
                break;
            }
        }
        tokens.close("}", open);
    }
}
