package weir.script;

import weir.script.Expressions.Form;

/// Reads `for` in its forms: with three parts, `in` and `of`.
final class ForLoops {
    private final Tokens tokens;
    private final Names names;
    private final Expressions expressions;
    private final Statements statements;

    ForLoops(Tokens tokens, Names names, Expressions expressions, Statements statements) {
        this.tokens = tokens;
        this.names = names;
        this.expressions = expressions;
        this.statements = statements;
    }

    void read() {
        tokens.take();
        boolean waits = tokens.isWord("await");
        if (waits) {
            if (!statements.place().async) {
                throw tokens.misplaced(null);
            }
            tokens.take();
        }
        Token open = tokens.expect("(");
        names.enterBlock();
        if (tokens.is(";") && !waits) {
            threeParts();
        } else if (tokens.isWord("var") || tokens.isWord("let") || tokens.isWord("const")) {
            declared(waits);
        } else {
            Token start = tokens.now();
            Form form = expressions.expression(false);
            boolean list = tokens.isWord("of") || (tokens.isWord("in") && !waits);
            if (list && !Statements.isTarget(form)) {
                throw tokens.misplaced(start);
            }
            if (list) {
                over();
            } else {
                threeParts();
            }
        }
        tokens.close(")", open);
        statements.loopBody();
        names.leave();
    }

    private void declared(boolean waits) {
        statements.variables(false);
        if (tokens.isWord("of") || (tokens.isWord("in") && !waits)) {
            over();
        } else if (waits) {
            throw tokens.missing("of");
        } else {
            threeParts();
        }
    }

    private void over() {
        boolean each = tokens.take().text().equals("of");
        if (each) {
            expressions.assignment(true);
        } else {
            expressions.expression(true);
        }
    }

    private void threeParts() {
        tokens.expect(";");
        if (!tokens.is(";")) {
            expressions.expression(true);
        }
        tokens.expect(";");
        if (!tokens.is(")")) {
            expressions.expression(true);
        }
    }
}
