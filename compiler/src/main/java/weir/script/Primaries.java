package weir.script;

import weir.script.Expressions.Form;
import weir.script.Token.Kind;

/// Reads single values and the chains of members and calls behind them.
final class Primaries {
    private final Tokens tokens;
    private final Names names;
    private final Expressions expressions;
    private final Statements statements;

    Primaries(Tokens tokens, Names names, Expressions expressions, Statements statements) {
        this.tokens = tokens;
        this.names = names;
        this.expressions = expressions;
        this.statements = statements;
    }

    Form chain() {
        Token start = tokens.now();
        Form form = tokens.isWord("new") ? newValue() : primary();
        return form == Form.ARROW ? form : links(form, start, true);
    }

    /// @param calls whether calls belong to the chain, as they do not behind `new`
    private Form links(Form first, Token start, boolean calls) {
        Form form = first;
        boolean optional = false;
        while (true) {
            Token at = tokens.now();
            if (at.is(".")) {
                tokens.take();
                draw(start, form, memberName());
                form = Form.MEMBER;
            } else if (at.is("?.") && calls) {
                tokens.take();
                optional = true;
                optionalLink();
                form = Form.OTHER;
            } else if (at.is("[")) {
                tokens.take();
                expressions.expression(true);
                tokens.close("]", at);
                form = Form.MEMBER;
            } else if (at.is("(") && calls) {
                arguments();
                form = Form.OTHER;
            } else if (tokens.isTemplate()) {
                if (optional) {
                    throw tokens.misplaced(null);
                }
                template();
                form = Form.OTHER;
            } else {
                return form;
            }
        }
    }

    private Token memberName() {
        Token name = tokens.now();
        if (name.kind() != Kind.NAME && name.kind() != Kind.PRIVATE) {
            throw tokens.misplaced(null);
        }
        return tokens.take();
    }

    private void optionalLink() {
        if (tokens.is("(")) {
            arguments();
        } else if (tokens.is("[")) {
            Token open = tokens.take();
            expressions.expression(true);
            tokens.close("]", open);
        } else {
            memberName();
        }
    }

    private void draw(Token owner, Form form, Token member) {
        String what = owner.text() + "." + member.text();
        if (form == Form.NAME && (what.equals("Date.now") || what.equals("Math.random"))) {
            names.draw(what, owner, owner.start(), member.end());
        }
    }

    private Form newValue() {
        tokens.enter();
        Token word = tokens.take();
        if (tokens.accept(".")) {
            tokens.expectWord("target");
            tokens.leave();
            return Form.OTHER;
        }
        Token start = tokens.now();
        Form form = tokens.isWord("new") ? newValue() : primary();
        if (form == Form.ARROW || tokens.is("?.")) {
            throw tokens.misplaced(null);
        }
        int behind = tokens.lastEnd();
        links(form, start, false);
        boolean plain = tokens.lastEnd() == behind && start.isWord("Date");
        boolean given = false;
        if (tokens.is("(")) {
            given = !tokens.peek().is(")");
            arguments();
        }
        if (plain && !given) {
            names.draw("new Date()", start, word.start(), tokens.lastEnd());
        }
        tokens.leave();
        return Form.OTHER;
    }

    private void arguments() {
        Token open = tokens.expect("(");
        while (!tokens.is(")") && !tokens.now().isEnd()) {
            tokens.accept("...");
            expressions.assignment(true);
            if (!tokens.accept(",")) {
                break;
            }
        }
        tokens.close(")", open);
    }

    private Form primary() {
        Token first = tokens.now();
        return switch (first.kind()) {
            case NUMBER, TEXT -> {
                tokens.take();
                yield Form.OTHER;
            }
            case TEMPLATE_PART, TEMPLATE_END -> {
                template();
                yield Form.OTHER;
            }
            case NAME -> word(first);
            case SIGN -> sign(first);
            case PRIVATE, EXPRESSION, END -> throw tokens.misplaced(null);
        };
    }

    private Form sign(Token first) {
        return switch (first.text()) {
            case "(" -> parenthesized(first);
            case "[" -> {
                list();
                yield Form.PATTERN;
            }
            case "{" -> {
                object();
                yield Form.PATTERN;
            }
            case "/", "/=" -> {
                tokens.takeExpression();
                yield Form.OTHER;
            }
            default -> throw tokens.misplaced(null);
        };
    }

    private Form word(Token first) {
        boolean plain = first.end() - first.start() == first.text().length();
        switch (plain ? first.text() : "") {
            case "this", "null", "true", "false" -> {
                tokens.take();
                return Form.OTHER;
            }
            case "function" -> {
                tokens.take();
                expressions.classes.functionExpression(false);
                return Form.OTHER;
            }
            case "class" -> {
                tokens.take();
                expressions.classes.classExpression();
                return Form.OTHER;
            }
            case "super" -> {
                return superMember();
            }
            case "import" -> {
                tokens.take();
                if (!tokens.is("(")) {
                    throw tokens.misplaced(first);
                }
                return Form.OTHER;
            }
            case "async" -> {
                return async(first);
            }
            default -> {
                return name(first);
            }
        }
    }

    private Form superMember() {
        Token word = tokens.take();
        if (!statements.place().method || !(tokens.is(".") || tokens.is("[") || tokens.is("("))) {
            throw tokens.misplaced(word);
        }
        return Form.OTHER;
    }

    private Form name(Token first) {
        boolean reserved = Words.isReserved(first.text()) || (first.text().equals("await") && expressions.isAsync());
        if (reserved) {
            throw tokens.misplaced(null);
        }
        if (tokens.peek().is("=>") && !tokens.peek().newLine()) {
            arrow(false);
            return Form.ARROW;
        }
        if (first.text().equals("await")
                && tokens.peek().kind() == Kind.NAME
                && !tokens.peek().newLine()) {
            throw new Unreadable("`await` stands only in functions that are `async`.", first.start(), first.end());
        }
        names.use(tokens.take());
        return Form.NAME;
    }

    private Form async(Token first) {
        Token next = tokens.peek();
        if (next.isWord("function") && !next.newLine()) {
            tokens.take();
            tokens.take();
            expressions.classes.functionExpression(true);
            return Form.OTHER;
        }
        if (next.kind() == Kind.NAME && !next.newLine() && !Words.isReserved(next.text())) {
            tokens.take();
            if (tokens.peek().is("=>")) {
                arrow(true);
                return Form.ARROW;
            }
            throw tokens.misplaced(null);
        }
        if (!next.is("(") || next.newLine()) {
            return name(first);
        }
        int mark = names.mark();
        tokens.take();
        Token open = tokens.now();
        arguments();
        if (tokens.is("=>") && !tokens.now().newLine()) {
            names.forget(mark);
            tokens.back(open);
            arrow(true);
            return Form.ARROW;
        }
        names.use(first);
        return Form.OTHER;
    }

    // ---- parentheses and arrows

    private Form parenthesized(Token open) {
        int mark = names.mark();
        tokens.take();
        Form form = Form.OTHER;
        boolean onlyParameters = tokens.is(")");
        while (!tokens.is(")") && !tokens.now().isEnd()) {
            onlyParameters |= tokens.accept("...");
            Form one = expressions.assignment(true);
            form = form == Form.OTHER && (one == Form.NAME || one == Form.MEMBER) ? one : Form.OTHER;
            if (!tokens.accept(",")) {
                break;
            }
            form = Form.PREFIXED;
            onlyParameters |= tokens.is(")");
        }
        tokens.close(")", open);
        if (tokens.is("=>") && !tokens.now().newLine()) {
            names.forget(mark);
            tokens.back(open);
            arrow(false);
            return Form.ARROW;
        }
        if (onlyParameters) {
            throw tokens.missing("=>");
        }
        return form == Form.PREFIXED ? Form.OTHER : form;
    }

    /// An arrow from its parameters on.
    private void arrow(boolean async) {
        names.enterFunction();
        Place inside = statements.place().arrow(async);
        if (tokens.is("(")) {
            statements.inside(inside, expressions.bindings::parameters);
        } else {
            expressions.bindings.parameter();
        }
        tokens.expect("=>");
        if (tokens.is("{")) {
            statements.body(inside);
        } else {
            statements.inside(inside, () -> expressions.assignment(true));
        }
        names.leave();
    }

    // ---- literals

    private void list() {
        Token open = tokens.take();
        while (!tokens.is("]") && !tokens.now().isEnd()) {
            if (tokens.accept(",")) {
                continue;
            }
            tokens.accept("...");
            expressions.assignment(true);
            if (!tokens.is("]")) {
                tokens.expect(",");
            }
        }
        tokens.close("]", open);
    }

    private void object() {
        tokens.enter();
        Token open = tokens.take();
        while (!tokens.is("}") && !tokens.now().isEnd()) {
            property();
            if (!tokens.is("}")) {
                tokens.expect(",");
            }
        }
        tokens.close("}", open);
        tokens.leave();
    }

    private void property() {
        if (tokens.accept("...")) {
            expressions.assignment(true);
            return;
        }
        Token key = tokens.now();
        if (expressions.classes.method()) {
            return;
        }
        if (tokens.accept(":")) {
            expressions.assignment(true);
            return;
        }
        if (key.kind() != Kind.NAME || Words.isReserved(key.text())) {
            throw tokens.missing(":");
        }
        names.field(key);
        // `{ a = 1 }` is a pattern; whether it stands where one may is not looked at.
        if (tokens.accept("=")) {
            expressions.assignment(true);
        }
    }

    private void template() {
        while (tokens.now().kind() == Kind.TEMPLATE_PART) {
            Token part = tokens.take();
            expressions.expression(true);
            if (!tokens.is("}")) {
                throw tokens.now().isEnd()
                        ? new Unreadable("This `${` is never closed.", part.end() - 2, part.end())
                        : tokens.missing("}");
            }
            Token next = tokens.takeTemplate();
            if (next.kind() == Kind.TEMPLATE_END) {
                return;
            }
            tokens.back(next);
        }
        tokens.take();
    }
}
