package weir.script;

import weir.script.Token.Kind;

/// Reads functions, methods and classes.
final class Classes {
    private final Tokens tokens;
    private final Names names;
    private final Expressions expressions;
    private final Statements statements;

    Classes(Tokens tokens, Names names, Expressions expressions, Statements statements) {
        this.tokens = tokens;
        this.names = names;
        this.expressions = expressions;
        this.statements = statements;
    }

    /// Parameters and body of a function.
    void function(Place inside) {
        names.enterFunction();
        statements.inside(inside, expressions.bindings::parameters);
        statements.body(inside);
        names.leave();
    }

    /// `function name() {}` as a value, behind the word.
    void functionExpression(boolean async) {
        boolean generator = tokens.accept("*");
        names.enterBlock();
        if (!tokens.is("(")) {
            names.parameter(expressions.bindings.name());
        }
        function(new Place(async, generator, false));
        names.leave();
    }

    /// `class Name {}` as a value, behind the word.
    void classExpression() {
        names.enterBlock();
        if (!tokens.is("{") && !tokens.isWord("extends")) {
            names.parameter(expressions.bindings.name());
        }
        tail();
        names.leave();
    }

    /// A class behind its name.
    void tail() {
        if (tokens.acceptWord("extends")) {
            expressions.leftHandSide();
        }
        Token open = tokens.expect("{");
        while (!tokens.is("}") && !tokens.now().isEnd()) {
            if (!tokens.accept(";")) {
                member();
            }
        }
        tokens.close("}", open);
    }

    private void member() {
        if (tokens.isWord("static") && isModifier(tokens.peek())) {
            tokens.take();
            if (tokens.is("{")) {
                names.enterFunction();
                statements.body(new Place(false, false, true));
                names.leave();
                return;
            }
        }
        if (method()) {
            return;
        }
        if (tokens.accept("=")) {
            names.enterFunction();
            statements.inside(new Place(false, false, true), () -> expressions.assignment(true));
            names.leave();
        }
        tokens.endStatement();
    }

    /// Whether a word before that token says what sort of member follows, and is not the member's name itself.
    private static boolean isModifier(Token next) {
        return switch (next.kind()) {
            case NAME, PRIVATE, TEXT, NUMBER -> true;
            case SIGN -> next.is("[") || next.is("*") || next.is("{");
            case TEMPLATE_PART, TEMPLATE_END, EXPRESSION, END -> false;
        };
    }

    /// Reads a key with what stands before it, and the method, if it is one.
    ///
    /// @return whether it was a method
    boolean method() {
        boolean async = false;
        Token word = tokens.now();
        Token next = tokens.peek();
        if (word.isWord("async") && isModifier(next) && !next.is("{") && !next.newLine()) {
            tokens.take();
            async = true;
        } else if ((word.isWord("get") || word.isWord("set")) && isModifier(next) && !next.is("*") && !next.is("{")) {
            tokens.take();
            key();
            requireParentheses();
            function(new Place(false, false, true));
            return true;
        }
        boolean generator = tokens.accept("*");
        key();
        if (tokens.is("(")) {
            function(new Place(async, generator, true));
            return true;
        }
        if (async || generator) {
            throw tokens.missing("(");
        }
        return false;
    }

    private void requireParentheses() {
        if (!tokens.is("(")) {
            throw tokens.missing("(");
        }
    }

    /// The key of a member: a name, a text, a number, or any value in brackets.
    void key() {
        Token key = tokens.now();
        if (key.is("[")) {
            tokens.take();
            expressions.assignment(true);
            tokens.close("]", key);
        } else if (key.kind() == Kind.NAME
                || key.kind() == Kind.TEXT
                || key.kind() == Kind.NUMBER
                || key.kind() == Kind.PRIVATE) {
            tokens.take();
        } else {
            throw tokens.misplaced(null);
        }
    }
}
