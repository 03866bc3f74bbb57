package weir.script;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.script.Token.Kind;

/// Reads expressions, by recursive descent and by the strength of operators (ECMA-262, clause 13). What may be an
/// arrow's parameters or the left side of an assignment is read as an expression first, and arrows once more.
final class Expressions {
    private static final Set<String> ASSIGNING = Set.of(
            "=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??=");
    private static final Set<String> PREFIX = Set.of("+", "-", "!", "~");
    private static final Map<String, Integer> STRENGTH = Map.ofEntries(
            Map.entry("??", 1),
            Map.entry("||", 2),
            Map.entry("&&", 3),
            Map.entry("|", 4),
            Map.entry("^", 5),
            Map.entry("&", 6),
            Map.entry("==", 7),
            Map.entry("!=", 7),
            Map.entry("===", 7),
            Map.entry("!==", 7),
            Map.entry("<", 8),
            Map.entry(">", 8),
            Map.entry("<=", 8),
            Map.entry(">=", 8),
            Map.entry("instanceof", 8),
            Map.entry("in", 8),
            Map.entry("<<", 9),
            Map.entry(">>", 9),
            Map.entry(">>>", 9),
            Map.entry("+", 10),
            Map.entry("-", 10),
            Map.entry("*", 11),
            Map.entry("/", 11),
            Map.entry("%", 11),
            Map.entry("**", 12));

    private final Tokens tokens;
    private final Names names;
    private final Statements statements;
    final Bindings bindings;
    final Classes classes;
    private final Primaries primaries;

    /// What was read, as far as it matters whether it can be given a value.
    enum Form {
        NAME,
        MEMBER,
        /// A list or record that may be taken apart.
        PATTERN,
        /// A `-x` or the like, which `**` cannot follow.
        PREFIXED,
        ARROW,
        OTHER
    }

    Expressions(Tokens tokens, Names names, Statements statements) {
        this.tokens = tokens;
        this.names = names;
        this.statements = statements;
        this.bindings = new Bindings(tokens, names, this);
        this.classes = new Classes(tokens, names, this, statements);
        this.primaries = new Primaries(tokens, names, this, statements);
    }

    boolean isAsync() {
        return statements.place().async;
    }

    /// @param in whether `in` is an operator here, as it is not in the head of a `for`
    Form expression(boolean in) {
        Form form = assignment(in);
        while (tokens.accept(",")) {
            assignment(in);
            form = Form.OTHER;
        }
        return form;
    }

    Form assignment(boolean in) {
        tokens.enter();
        Form form = assigned(in);
        tokens.leave();
        return form;
    }

    private Form assigned(boolean in) {
        if (tokens.isWord("yield") && statements.place().generator) {
            yields(in);
            return Form.OTHER;
        }
        Token start = tokens.now();
        Form left = conditional(in);
        Token sign = tokens.now();
        if (left == Form.ARROW || sign.kind() != Kind.SIGN || !ASSIGNING.contains(sign.text())) {
            return left;
        }
        boolean pattern = left == Form.PATTERN && sign.is("=");
        if (left != Form.NAME && left != Form.MEMBER && !pattern) {
            throw new Unreadable("Nothing can be assigned to this.", start.start(), tokens.lastEnd());
        }
        tokens.take();
        assignment(in);
        return Form.OTHER;
    }

    private void yields(boolean in) {
        tokens.take();
        Token next = tokens.now();
        boolean ends = next.newLine()
                || next.isEnd()
                || next.is(")")
                || next.is("]")
                || next.is("}")
                || next.is(",")
                || next.is(";")
                || next.is(":")
                || next.isWord("in")
                || next.isWord("of");
        if (tokens.accept("*") || !ends) {
            assignment(in);
        }
    }

    private Form conditional(boolean in) {
        Form form = binary(in, 0);
        if (form == Form.ARROW || !tokens.is("?")) {
            return form;
        }
        tokens.take();
        assignment(true);
        tokens.expect(":");
        assignment(in);
        return Form.OTHER;
    }

    private Form binary(boolean in, int least) {
        Form left;
        if (tokens.now().kind() == Kind.PRIVATE) {
            tokens.take();
            if (!tokens.isWord("in")) {
                throw tokens.missing("in");
            }
            left = Form.OTHER;
        } else {
            left = unary();
        }
        @Nullable String before = null;
        while (left != Form.ARROW) {
            Token operator = tokens.now();
            int strength = strength(operator, in);
            if (strength <= least) {
                return left;
            }
            if (operator.is("**") && left == Form.PREFIXED) {
                throw new Unreadable(
                        "Put parentheses around what stands left of `**`.", operator.start(), operator.end());
            }
            boolean mixes = before != null
                    && (operator.is("??") != before.equals("??"))
                    && Set.of("&&", "||", "??").contains(before)
                    && (operator.is("&&") || operator.is("||") || operator.is("??"));
            if (mixes) {
                throw new Unreadable(
                        "Between `??` and `%s` parentheses are needed."
                                .formatted(operator.is("??") ? before : operator.text()),
                        operator.start(),
                        operator.end());
            }
            tokens.take();
            tokens.enter();
            binary(in, rightOf(operator, strength));
            tokens.leave();
            left = Form.OTHER;
            before = operator.text();
        }
        return left;
    }

    /// `**` binds to the right; right of `??` what it may not mix with is left over, to be found.
    private static int rightOf(Token operator, int strength) {
        return operator.is("**") ? strength - 1 : operator.is("??") ? 3 : strength;
    }

    private static int strength(Token token, boolean in) {
        boolean word = token.isWord("instanceof") || (token.isWord("in") && in);
        return token.kind() == Kind.SIGN || word ? STRENGTH.getOrDefault(token.text(), 0) : 0;
    }

    private Form unary() {
        Token first = tokens.now();
        if (first.is("++") || first.is("--")) {
            tokens.take();
            Token start = tokens.now();
            requireSimple(unary(), start);
            return Form.OTHER;
        }
        boolean sign = first.kind() == Kind.SIGN && PREFIX.contains(first.text());
        boolean word = first.isWord("typeof") || first.isWord("void") || first.isWord("delete");
        boolean waits = first.isWord("await") && isAsync();
        if (!sign && !word && !waits) {
            return postfix();
        }
        tokens.enter();
        tokens.take();
        Token operand = tokens.now();
        boolean tested = first.isWord("typeof")
                && operand.kind() == Kind.NAME
                && !Words.isReserved(operand.text())
                && endsAfterName(tokens.peek());
        if (tested) {
            names.test(tokens.take());
        } else {
            Form form = unary();
            if (first.isWord("delete") && form == Form.NAME) {
                throw new Unreadable("Strict JavaScript deletes no names.", first.start(), tokens.lastEnd());
            }
        }
        tokens.leave();
        return waits ? Form.OTHER : Form.PREFIXED;
    }

    private static boolean endsAfterName(Token next) {
        return !next.is(".")
                && !next.is("?.")
                && !next.is("[")
                && !next.is("(")
                && !next.is("=>")
                && next.kind() != Kind.TEMPLATE_PART
                && next.kind() != Kind.TEMPLATE_END;
    }

    private Form postfix() {
        Token start = tokens.now();
        Form form = leftHandSide();
        if ((tokens.is("++") || tokens.is("--")) && !tokens.now().newLine()) {
            requireSimple(form, start);
            tokens.take();
            return Form.OTHER;
        }
        return form;
    }

    private void requireSimple(Form form, Token start) {
        if (form != Form.NAME && form != Form.MEMBER) {
            throw new Unreadable("Nothing can be assigned to this.", start.start(), tokens.lastEnd());
        }
    }

    /// Members, calls and templates of a value.
    Form leftHandSide() {
        return primaries.chain();
    }
}
