package weir.script;

import weir.script.Expressions.Form;
import weir.script.Token.Kind;

/// Reads statements and declarations, by recursive descent (ECMA-262, clauses 14 and 15).
final class Statements {
    private final Tokens tokens;
    private final Names names;
    private final Expressions expressions;
    private final Bindings bindings;
    private Place place = new Place(false, false, false);
    private int functions;
    private boolean returns;

    Statements(Tokens tokens, Names names) {
        this.tokens = tokens;
        this.names = names;
        this.expressions = new Expressions(tokens, names, this);
        this.bindings = expressions.bindings;
    }

    Place place() {
        return place;
    }

    /// The body of the function that the script is.
    void script() {
        while (!tokens.now().isEnd()) {
            if (tokens.is("}")) {
                throw new Unreadable(
                        "This `}` closes nothing.",
                        tokens.now().start(),
                        tokens.now().end());
            }
            statement(true);
        }
    }

    /// Whether the script's own body returns a value, or throws.
    boolean returns() {
        return returns;
    }

    /// Reads the body of another function; its scope is open already.
    void body(Place inside) {
        Place outer = place;
        place = inside;
        functions++;
        Token open = tokens.expect("{");
        while (!tokens.is("}") && !tokens.now().isEnd()) {
            statement(true);
        }
        tokens.close("}", open);
        functions--;
        place = outer;
    }

    /// Reads an expression inside another function.
    void inside(Place inside, Runnable reading) {
        Place outer = place;
        place = inside;
        functions++;
        reading.run();
        functions--;
        place = outer;
    }

    private void block() {
        names.enterBlock();
        blockIn();
        names.leave();
    }

    private void blockIn() {
        Token open = tokens.expect("{");
        while (!tokens.is("}") && !tokens.now().isEnd()) {
            statement(true);
        }
        tokens.close("}", open);
    }

    /// @param declarations whether declarations may stand here, as in blocks
    private void statement(boolean declarations) {
        tokens.enter();
        Token first = tokens.now();
        if (first.is("{")) {
            block();
        } else if (first.is(";")) {
            tokens.take();
        } else if (first.kind() == Kind.NAME && word(first, declarations)) {
            tokens.leave();
            return;
        } else {
            simple();
        }
        tokens.leave();
    }

    private void simple() {
        expressions.expression(true);
        tokens.endStatement();
    }

    /// Reads a statement that begins with a word of its own; says whether it was one.
    private boolean word(Token first, boolean declarations) {
        if (first.end() - first.start() != first.text().length()) {
            return false;
        }
        switch (first.text()) {
            case "var", "let", "const" -> {
                requireBlock(first, declarations || first.text().equals("var"));
                variables(true);
                tokens.endStatement();
            }
            case "function" -> {
                requireBlock(first, declarations);
                tokens.take();
                functionDeclaration(false);
            }
            case "class" -> {
                requireBlock(first, declarations);
                tokens.take();
                names.lexical(bindings.name());
                expressions.classes.tail();
            }
            case "if" -> ifStatement();
            case "for" -> new ForLoops(tokens, names, expressions, this).read();
            case "while" -> {
                tokens.take();
                condition();
                loopBody();
            }
            case "do" -> doWhile();
            case "switch" -> switchStatement();
            case "try" -> tryStatement();
            case "return" -> returnStatement();
            case "throw" -> throwStatement();
            case "break", "continue" -> leave(first);
            case "debugger" -> {
                tokens.take();
                tokens.endStatement();
            }
            case "import" -> {
                if (!tokens.peek().is("(")) {
                    throw new Unreadable("A script imports nothing.", first.start(), first.end());
                }
                return false;
            }
            case "export" -> throw new Unreadable("A script exports nothing.", first.start(), first.end());
            case "with" -> throw new Unreadable("Strict JavaScript has no `with`.", first.start(), first.end());
            default -> {
                return other(first, declarations);
            }
        }
        return true;
    }

    private static void requireBlock(Token first, boolean allowed) {
        if (!allowed) {
            throw new Unreadable(
                    "A `%s` needs a block in braces around it here.".formatted(first.text()),
                    first.start(),
                    first.end());
        }
    }

    /// An async function, or a label.
    private boolean other(Token first, boolean declarations) {
        Token next = tokens.peek();
        if (first.text().equals("async") && next.isWord("function") && !next.newLine()) {
            requireBlock(first, declarations);
            tokens.take();
            tokens.take();
            functionDeclaration(true);
            return true;
        }
        if (!next.is(":") || Words.isReserved(first.text())) {
            return false;
        }
        tokens.take();
        tokens.take();
        if (!place.labels.add(first.text())) {
            throw new Unreadable(
                    "There is already a label `%s` around this.".formatted(first.text()), first.start(), first.end());
        }
        if (tokens.isWord("function")) {
            throw tokens.misplaced(null);
        }
        statement(false);
        place.labels.remove(first.text());
        return true;
    }

    private void functionDeclaration(boolean async) {
        boolean generator = tokens.accept("*");
        names.function(bindings.name());
        expressions.classes.function(new Place(async, generator, false));
    }

    /// `let a = 1, { b } = c`, without the end.
    ///
    /// @param complete whether each `const` and pattern needs a value
    void variables(boolean complete) {
        String word = tokens.take().text();
        do {
            Token start = tokens.now();
            bindings.declared(word);
            if (tokens.accept("=")) {
                expressions.assignment(complete);
            } else if (complete && (word.equals("const") || !(start.kind() == Kind.NAME))) {
                throw new Unreadable(
                        "A `%s` needs a value here: `= …` is missing.".formatted(word),
                        start.start(),
                        tokens.lastEnd());
            }
        } while (tokens.accept(","));
    }

    private void condition() {
        Token open = tokens.expect("(");
        expressions.expression(true);
        tokens.close(")", open);
    }

    private void ifStatement() {
        tokens.take();
        condition();
        statement(false);
        if (tokens.acceptWord("else")) {
            statement(false);
        }
    }

    void loopBody() {
        place.loops++;
        place.breakable++;
        statement(false);
        place.loops--;
        place.breakable--;
    }

    private void doWhile() {
        tokens.take();
        loopBody();
        tokens.expectWord("while");
        condition();
        tokens.accept(";");
    }

    private void switchStatement() {
        tokens.take();
        condition();
        Token open = tokens.expect("{");
        names.enterBlock();
        place.breakable++;
        boolean standard = false;
        while (!tokens.is("}") && !tokens.now().isEnd()) {
            Token label = tokens.now();
            if (tokens.acceptWord("default")) {
                if (standard) {
                    throw new Unreadable("A `switch` has one `default`.", label.start(), label.end());
                }
                standard = true;
            } else {
                tokens.expectWord("case");
                expressions.expression(true);
            }
            tokens.expect(":");
            while (!tokens.isWord("case")
                    && !tokens.isWord("default")
                    && !tokens.is("}")
                    && !tokens.now().isEnd()) {
                statement(true);
            }
        }
        place.breakable--;
        names.leave();
        tokens.close("}", open);
    }

    private void tryStatement() {
        tokens.take();
        block();
        boolean handled = false;
        if (tokens.acceptWord("catch")) {
            handled = true;
            names.enterBlock();
            if (tokens.is("(")) {
                Token open = tokens.take();
                bindings.parameter();
                tokens.close(")", open);
            }
            block();
            names.leave();
        }
        if (tokens.acceptWord("finally")) {
            block();
        } else if (!handled) {
            throw tokens.missing("catch");
        }
    }

    private void returnStatement() {
        tokens.take();
        boolean value = !tokens.is(";")
                && !tokens.is("}")
                && !tokens.now().isEnd()
                && !tokens.now().newLine();
        if (value) {
            expressions.expression(true);
            returns |= functions == 0;
        }
        tokens.endStatement();
    }

    private void throwStatement() {
        Token word = tokens.take();
        if (tokens.now().newLine()) {
            throw new Unreadable("After `throw` the value stands on the same line.", word.start(), word.end());
        }
        expressions.expression(true);
        returns |= functions == 0;
        tokens.endStatement();
    }

    private void leave(Token word) {
        tokens.take();
        boolean isBreak = word.text().equals("break");
        Token label = tokens.now();
        if (label.kind() == Kind.NAME && !label.newLine() && !Words.isReserved(label.text())) {
            tokens.take();
            if (!place.labels.contains(label.text())) {
                throw new Unreadable(
                        "No statement around has the label `%s`.".formatted(label.text()), label.start(), label.end());
            }
        } else if (isBreak ? place.breakable == 0 : place.loops == 0) {
            throw new Unreadable("No loop is around this `%s`.".formatted(word.text()), word.start(), word.end());
        }
        tokens.endStatement();
    }

    /// Whether something read may be given a value.
    static boolean isTarget(Form form) {
        return form == Form.NAME || form == Form.MEMBER || form == Form.PATTERN;
    }
}
