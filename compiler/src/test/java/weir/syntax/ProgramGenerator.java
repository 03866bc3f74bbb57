package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Writes random texts that have the form of the language, though hardly a meaning: every construct, names that are
/// words of the language elsewhere, and between any two tokens some white space or, on request, a comment. The same
/// seed gives the same text.
public final class ProgramGenerator {
    private static final List<String> PLAIN = List.of("order", "total", "x", "customer_id", "_1", "page", "items");
    private static final List<String> SOFT = List.of(
            "key", "at", "by", "from", "to", "first", "next", "of", "every", "queue", "when", "then", "with", "once",
            "per", "error", "test", "type", "body", "run", "never", "most", "times", "up", "where", "all", "not");
    private static final List<String> HARD = List.of("if", "step", "new", "return", "in", "function", "class", "log");
    private static final List<String> BINARY =
            List.of("+", "-", "*", "/", "%", "<", "<=", ">", ">=", "===", "!==", "&", "^", "<<", ">>", ">>>", "in");

    private final Random random;
    private final boolean comments;
    private final StringBuilder out = new StringBuilder();

    private ProgramGenerator(long seed, boolean comments) {
        this.random = new Random(seed);
        this.comments = comments;
    }

    /// @param comments whether comments stand at random places
    public static String program(long seed, boolean comments) {
        return new ProgramGenerator(seed, comments).file();
    }

    private String file() {
        int declarations = 1 + random.nextInt(6);
        for (int i = 0; i < declarations; i++) {
            declaration();
            out.append("\n".repeat(1 + random.nextInt(3)));
        }
        return out.toString();
    }

    // ---- tokens

    private void token(String text) {
        boolean start = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        if (!start) {
            out.append(space());
        }
        out.append(text);
    }

    private void tokens(String... texts) {
        for (String text : texts) {
            token(text);
        }
    }

    /// Never the left edge of a line, where only declarations begin.
    private String space() {
        int pick = random.nextInt(comments ? 60 : 40);
        return switch (pick) {
            case 0, 1, 2 -> "\n    ";
            case 3 -> "\n\n  ";
            case 4 -> "\t";
            case 5 -> "\r\n ";
            case 41, 42 -> " // note %d\n  ".formatted(random.nextInt(100));
            case 43 -> " /* note %d */ ".formatted(random.nextInt(100));
            case 44 -> "\n  /* note\n     %d */\n  ".formatted(random.nextInt(100));
            default -> " ";
        };
    }

    private boolean maybe() {
        return random.nextBoolean();
    }

    private boolean rarely() {
        return random.nextInt(6) == 0;
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private void oneOf(Runnable... choices) {
        choices[random.nextInt(choices.length)].run();
    }

    private void times(int least, int most, Runnable each) {
        int count = least + random.nextInt(most - least + 1);
        for (int i = 0; i < count; i++) {
            each.run();
        }
    }

    private void list(int least, int most, Runnable each) {
        int count = least + random.nextInt(most - least + 1);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                token(",");
            }
            each.run();
        }
    }

    private String name() {
        return rarely() ? pick(SOFT) : pick(PLAIN);
    }

    /// After a dot, as a key or as an argument's name.
    private String word() {
        return rarely() ? pick(HARD) : name();
    }

    private String plain() {
        return pick(PLAIN);
    }

    private String number() {
        return pick(List.of("0", "1", "42", "1_000", "0.5", "2e6", "5e-3", "0xff", "0b101", "0o17"));
    }

    private String duration() {
        return pick(List.of("250ms", "5m", "1h30m", "2d"));
    }

    private String string() {
        return pick(List.of(
                "\"\"",
                "\"a\"",
                "'it'",
                "\"it's\"",
                "'say \"no\"'",
                "\"tab\\t \\u00e9 \\\\\"",
                "\"größe ✓\"",
                "'\\''"));
    }

    private String path() {
        var path = new StringBuilder(name());
        times(0, 2, () -> path.append('.').append(word()));
        return path.toString();
    }

    // ---- declarations

    private void declaration() {
        if (rarely()) {
            out.append("/// Says what it is.\n///   More of it.\n");
        }
        if (comments && rarely()) {
            out.append("// at the edge\n");
        }
        oneOf(
                () -> tokens("use", string()),
                this::use,
                () -> {
                    tokens("type", name(), "=");
                    type(3);
                },
                this::let,
                this::settings,
                this::function,
                () -> {
                    tokens("policy", name());
                    policies(1);
                },
                this::rules,
                this::workflow,
                this::workflow,
                this::integration,
                this::test);
    }

    private void use() {
        tokens("use", plain());
        if (maybe()) {
            token(pick(List.of("1", "2.5")));
        }
        if (maybe()) {
            tokens("as", name());
        }
    }

    private void let() {
        tokens("let", name());
        if (rarely()) {
            token(":");
            type(1);
        }
        token("=");
        expression(3);
    }

    private void settings() {
        tokens("settings", "{");
        times(0, 3, () -> {
            doc();
            tokens(word(), ":");
            type(1);
            if (maybe()) {
                token("=");
                expression(1);
            }
            if (maybe()) {
                token(",");
            }
        });
        token("}");
    }

    /// Docs have lines of their own.
    private void doc() {
        if (rarely()) {
            out.append("\n  /// About the next.\n  ");
        }
    }

    private void function() {
        tokens("function", name());
        parameters();
        token("->");
        type(1);
        if (rarely()) {
            out.append("\n```js\n  const a = `x`;\n  return a;\n```");
        } else {
            token("=");
            expression(3);
        }
    }

    private void parameters() {
        token("(");
        list(0, 3, () -> {
            tokens(name(), maybe() ? ":" : "?:");
            type(2);
        });
        token(")");
    }

    private void type(int depth) {
        times(1, rarely() ? 3 : 1, new Runnable() {
            private boolean first = true;

            @Override
            public void run() {
                if (!first) {
                    token("|");
                }
                first = false;
                atom(depth);
            }
        });
    }

    private void atom(int depth) {
        List<Runnable> choices = new ArrayList<>(List.of(
                () -> token(pick(List.of("string", "number", "json", "Order"))),
                () -> token(string()),
                () -> tokens("-", "1"),
                () -> token("null"),
                () -> token("true")));
        if (depth > 0) {
            choices.add(() -> {
                token("[");
                type(depth - 1);
                token("]");
            });
            choices.add(() -> {
                tokens("{", "[", name(), "]", ":");
                type(depth - 1);
                token("}");
            });
            choices.add(() -> {
                token("{");
                times(0, 3, () -> {
                    doc();
                    tokens(maybe() ? word() : string(), maybe() ? ":" : "?:");
                    type(depth - 1);
                    if (maybe()) {
                        token(",");
                    }
                });
                token("}");
            });
        }
        pick(choices).run();
    }

    private void rules() {
        tokens("rules", name());
        parameters();
        token("->");
        type(1);
        if (maybe()) {
            token(pick(List.of("unique", "first", "all")));
        }
        token("{");
        if (maybe()) {
            table(1 + random.nextInt(3), 1 + random.nextInt(2));
        } else {
            times(0, 3, () -> {
                token("when");
                expression(2);
                token("then");
                expression(2);
            });
            if (maybe()) {
                token("else");
                expression(2);
            }
        }
        token("}");
    }

    private void table(int inputs, int outputs) {
        row(inputs, outputs, () -> token(path()), () -> token(word()));
        row(inputs, outputs, () -> token("---"), () -> token("-----"));
        times(0, 3, () -> {
            row(inputs, outputs, this::cell, () -> operation(1));
            if (rarely()) {
                tokens("valid", "from", "\"2026-01-01\"");
            }
        });
        if (maybe()) {
            tokens("|", "else");
            times(0, inputs, () -> token("|"));
            outputs(outputs, () -> operation(1));
        }
    }

    private void row(int inputs, int outputs, Runnable input, Runnable output) {
        for (int i = 0; i < inputs; i++) {
            token("|");
            input.run();
        }
        outputs(outputs, output);
    }

    private void outputs(int outputs, Runnable output) {
        for (int i = 0; i < outputs; i++) {
            token(i == 0 ? "||" : "|");
            output.run();
        }
        token("|");
    }

    private void cell() {
        if (rarely()) {
            token("-");
            return;
        }
        if (rarely()) {
            token("not");
        }
        list(
                1,
                2,
                () -> oneOf(
                        this::cellValue,
                        () -> {
                            token(pick(List.of("<", "<=", ">", ">=")));
                            cellValue();
                        },
                        () -> {
                            token(number());
                            token(maybe() ? ".." : "..<");
                            token(duration());
                        },
                        () -> {
                            token("(");
                            expression(2);
                            token(")");
                        }));
    }

    private void cellValue() {
        oneOf(
                () -> token(number()),
                () -> tokens("-", number()),
                () -> token(string()),
                () -> token("true"),
                () -> token(plain() + ".id"));
    }

    // ---- workflows

    private void workflow() {
        tokens("workflow", name());
        parameters();
        if (maybe()) {
            token("->");
            type(2);
        }
        token("{");
        times(0, 2, this::head);
        statements(3);
        token("}");
    }

    private void head() {
        oneOf(
                () -> {
                    tokens("on", "failure");
                    block(1);
                },
                () -> {
                    tokens("on", plain() + ".made");
                    arguments(1);
                    optional("when", () -> expression(1));
                    optional("with", () -> object(1));
                },
                () -> tokens("priority", pick(List.of("low", "normal", "high", "critical"))),
                () -> {
                    tokens("once", "per");
                    expression(1);
                    optional("within", () -> token(duration()));
                    if (rarely()) {
                        tokens("or", "after", "failure");
                    }
                },
                () -> {
                    tokens("at", "most");
                    expression(0);
                    tokens("at", "once");
                    optional("per", () -> expression(1));
                    optional("else", () -> token(maybe() ? "skip" : "replace"));
                },
                () -> tokens("timeout", duration()));
    }

    private void optional(String word, Runnable rest) {
        if (rarely()) {
            token(word);
            rest.run();
        }
    }

    private void block(int depth) {
        token("{");
        statements(depth);
        token("}");
    }

    private void statements(int depth) {
        times(0, depth == 0 ? 2 : 4, () -> statement(depth));
        if (rarely()) {
            token("return");
        }
    }

    private void statement(int depth) {
        List<Runnable> choices = new ArrayList<>(List.of(
                this::let,
                () -> step(depth),
                () -> step(depth),
                () -> words("wait", 1),
                () -> words("wait until", 1),
                () -> {
                    words("emit", 1);
                    if (maybe()) {
                        object(1);
                    }
                },
                () -> words("log", 3),
                () -> words("return", 2),
                () -> words("yield", 2),
                () -> words("fail", 2)));
        if (depth > 0) {
            choices.add(() -> valueBlock(depth - 1));
            choices.add(() -> valueBlock(depth - 1));
            choices.add(() -> braced("parallel", () -> branch(depth - 1)));
        }
        pick(choices).run();
    }

    private void words(String words, int depth) {
        tokens(words.split(" "));
        expression(depth);
    }

    private void braced(String word, Runnable item) {
        tokens(word, "{");
        times(0, 2, item);
        token("}");
    }

    private void branch(int depth) {
        token(name());
        block(depth);
    }

    private void step(int depth) {
        token("step");
        if (maybe()) {
            token(name());
            if (rarely()) {
                token(":");
                type(1);
            }
            token("=");
            if (depth > 0 && maybe()) {
                valueBlock(depth - 1);
                return;
            }
        }
        oneOf(
                () -> {
                    call();
                    if (maybe()) {
                        policies(depth);
                    }
                },
                () -> {
                    words("ask", 1);
                    words("of", 1);
                    optional("->", () -> type(1));
                    optional("up", () -> words("to", 1));
                },
                () -> {
                    words("wait for", 1);
                    optional("->", () -> type(1));
                    optional("where", () -> expression(2));
                    optional("up", () -> words("to", 1));
                });
    }

    private void valueBlock(int depth) {
        oneOf(
                () -> {
                    condition("if");
                    block(depth);
                    times(0, 1, () -> {
                        token("else");
                        condition("if");
                        block(depth);
                    });
                    if (maybe()) {
                        token("else");
                        block(depth);
                    }
                },
                () -> {
                    condition("switch");
                    token("{");
                    times(0, 2, () -> {
                        token("case");
                        list(1, 2, () -> expression(1));
                        block(depth);
                    });
                    optional("else", () -> block(depth));
                    token("}");
                },
                () -> {
                    tokens("for", name());
                    if (rarely()) {
                        tokens(",", name());
                    }
                    words("of", 1);
                    if (rarely()) {
                        words("at most", 0);
                        tokens("at", "once");
                    }
                    block(depth);
                },
                () -> {
                    words("repeat at most", 0);
                    token("times");
                    optional("every", () -> token(duration()));
                    if (rarely()) {
                        tokens("with", name(), "=");
                        expression(1);
                        words("then", 1);
                    }
                    optional("until", () -> expression(2));
                    block(depth);
                },
                () -> braced("race", () -> branch(depth)),
                () -> {
                    words("split", 1);
                    words("by", 1);
                    token("{");
                    times(1, 2, () -> {
                        tokens(name(), pick(List.of("50", "12.5")), "%");
                        block(depth);
                    });
                    token("}");
                },
                () -> {
                    token("try");
                    block(depth);
                    tokens("catch", name());
                    block(depth);
                });
    }

    private void condition(String word) {
        tokens(word, "(");
        expression(2);
        token(")");
    }

    private void call() {
        token(path());
        arguments(2);
    }

    private void arguments(int depth) {
        token("(");
        list(0, 3, () -> {
            if (maybe()) {
                tokens(maybe() ? word() : string(), ":");
            }
            expression(depth);
        });
        token(")");
    }

    private void policies(int depth) {
        token("{");
        times(
                0,
                3,
                () -> oneOf(
                        () -> {
                            words("retry", 0);
                            token("times");
                            optional("from", () -> {
                                token(duration());
                                optional("to", () -> token(duration()));
                            });
                            optional("when", () -> expression(1));
                        },
                        () -> words("timeout", 1),
                        () -> words("using", 1),
                        () -> words("key", 1),
                        () -> {
                            token("undo");
                            call();
                            if (depth > 0 && rarely()) {
                                policies(depth - 1);
                            }
                        },
                        () -> tokens("on", "error", "continue"),
                        () -> {
                            tokens("on", "error");
                            block(0);
                        },
                        () -> {
                            words("once per", 1);
                            words("within", 1);
                        },
                        () -> {
                            words("at most", 1);
                            words("per", 1);
                        },
                        () -> words("queue", 1),
                        () -> tokens("with", name())));
        token("}");
    }

    // ---- integrations and tests

    private void integration() {
        tokens("integration", name(), "1.0", "{");
        times(
                0,
                4,
                () -> oneOf(
                        () -> tokens("title", string()),
                        () -> tokens("base", string()),
                        () -> {
                            token("auth");
                            call();
                        },
                        () -> {
                            tokens("limits", "{", "rate");
                            expression(0);
                            words("per", 0);
                            tokens("retry", "on", "429", ",", "503", "}");
                        },
                        this::action,
                        this::trigger));
        token("}");
    }

    private void action() {
        doc();
        if (maybe()) {
            token("idempotent");
        }
        tokens("action", name());
        parameters();
        optional("->", () -> type(1));
        token("{");
        request();
        token("}");
    }

    private void request() {
        tokens(pick(List.of("GET", "POST")), maybe() ? string() : "`/a/${x}`");
        List<Runnable> parts = List.of(
                () -> words("query", 1),
                () -> words("headers", 1),
                () -> words("body", 1),
                () -> {
                    tokens("pages", "by", plain());
                    if (maybe()) {
                        arguments(1);
                    }
                },
                () -> {
                    words("fails when", 1);
                    words("with", 1);
                },
                () -> words("gives", 1));
        parts.forEach(part -> {
            if (rarely()) {
                part.run();
            }
        });
    }

    private void trigger() {
        doc();
        tokens("trigger", name());
        parameters();
        optional("->", () -> type(1));
        token("{");
        if (maybe()) {
            tokens("webhook", "verify");
            call();
            if (maybe()) {
                words("accept when", 1);
            }
        } else {
            token("poll");
            request();
            words("every", 0);
        }
        optional("register", this::request);
        optional("unregister", this::request);
        words("emit", 1);
        token("}");
    }

    private void test() {
        tokens("test", string(), "{");
        times(
                0,
                5,
                () -> oneOf(
                        () -> {
                            token("mock");
                            target();
                            optional("when", () -> expression(1));
                            if (maybe()) {
                                words("returns", 1);
                            } else {
                                tokens("fails", "\"timeout\"");
                                if (maybe()) {
                                    tokens("2", "times");
                                }
                                if (maybe()) {
                                    words("then returns", 1);
                                }
                            }
                        },
                        () -> {
                            tokens("after", duration());
                            words("emit", 0);
                            if (maybe()) {
                                object(1);
                            }
                        },
                        () -> {
                            token("run");
                            call();
                        },
                        () -> tokens("expect", plain(), "===", number()),
                        () -> {
                            token("expect");
                            target();
                            tokens("called", "2", "times");
                            optional("with", () -> object(1));
                        },
                        () -> {
                            token("expect");
                            target();
                            tokens("never", "called");
                        },
                        () -> tokens("expect", "run", "fails", string())));
        token("}");
    }

    private void target() {
        oneOf(
                () -> tokens("step", plain()),
                () -> token("ask"),
                () -> tokens("wait", "for", string()),
                () -> token(plain() + "." + plain()));
    }

    // ---- expressions

    private void expression(int depth) {
        if (depth == 0) {
            atom();
            return;
        }
        Consumer<String> both = operator -> {
            operation(depth - 1);
            token(operator);
            operation(depth - 1);
        };
        switch (random.nextInt(12)) {
            case 0 -> both.accept("&&");
            case 1 -> both.accept("||");
            case 2 -> both.accept("??");
            case 3 -> both.accept("|");
            case 4 -> {
                operation(depth - 1);
                token("?");
                operation(depth - 1);
                token(":");
                operation(depth - 1);
            }
            case 5 -> arrow(depth - 1);
            default -> operation(depth);
        }
    }

    private void arrow(int depth) {
        oneOf(() -> token(plain()), () -> {
            token("(");
            list(0, 2, () -> pattern(1));
            token(")");
        });
        token("=>");
        if (maybe()) {
            token("(");
            object(depth);
            token(")");
        } else {
            atom();
        }
    }

    private void pattern(int depth) {
        if (depth == 0 || maybe()) {
            token(plain());
        } else if (maybe()) {
            token("[");
            list(1, 2, () -> pattern(depth - 1));
            token("]");
        } else {
            token("{");
            list(1, 2, () -> {
                token(plain());
                if (maybe()) {
                    token(":");
                    pattern(depth - 1);
                }
            });
            token("}");
        }
    }

    private void operation(int depth) {
        if (depth == 0) {
            atom();
            return;
        }
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                operation(depth - 1);
                token(pick(BINARY));
                operation(depth - 1);
            }
            case 2 -> {
                token(pick(List.of("!", "-", "+", "~", "typeof")));
                if (maybe()) {
                    atom();
                } else {
                    token("(");
                    expression(depth - 1);
                    token(")");
                }
            }
            case 3 -> {
                atom();
                token("**");
                atom();
            }
            case 4 -> {
                token(plain());
                times(1, 4, () -> {
                    token(maybe() ? "." : "?.");
                    token(word());
                    if (maybe()) {
                        callArguments(depth - 1);
                    }
                });
            }
            case 5 -> {
                token(plain());
                tokens(maybe() ? "[" : "?.[");
                expression(depth - 1);
                token("]");
            }
            case 6 -> {
                token("(");
                expression(depth - 1);
                token(")");
            }
            case 7 -> {
                token("[");
                list(0, 3, () -> element(depth - 1));
                token("]");
            }
            case 8 -> object(depth);
            default -> {
                token(plain());
                callArguments(depth - 1);
            }
        }
    }

    private void callArguments(int depth) {
        token("(");
        list(0, 2, () -> element(depth));
        token(")");
    }

    private void element(int depth) {
        if (rarely()) {
            token("...");
        }
        expression(depth);
    }

    private void object(int depth) {
        token("{");
        list(
                0,
                3,
                () -> oneOf(
                        () -> token(plain()),
                        () -> {
                            tokens(maybe() ? word() : string(), ":");
                            expression(Math.max(0, depth - 1));
                        },
                        () -> {
                            token("[");
                            expression(0);
                            tokens("]", ":");
                            expression(0);
                        },
                        () -> {
                            token("...");
                            expression(0);
                        }));
        token("}");
    }

    private void atom() {
        Supplier<String> text = pick(List.<Supplier<String>>of(
                this::name,
                this::name,
                this::number,
                this::duration,
                this::string,
                this::template,
                () -> "null",
                () -> "true"));
        token(text.get());
    }

    /// One token, so that no white space gets into its texts.
    private String template() {
        return pick(List.of(
                "``",
                "`plain`",
                "`a ${ x } b`",
                "`${order.id}/${ [1,2].length }`",
                "`nested ${`inner ${x}`}`",
                "`two\nlines ${x}`",
                "`\\` \\${ $ {`",
                "`${ { a: 'b' }.a }`"));
    }
}
