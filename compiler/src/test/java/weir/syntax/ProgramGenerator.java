package weir.syntax;

import java.util.List;

/// Writes random texts that have the form of the language, though hardly a meaning: every construct, names that are
/// words of the language elsewhere, and between any two tokens some white space or, on request, a comment. The same
/// seed gives the same text.
public final class ProgramGenerator extends RandomStatements {
    private ProgramGenerator(long seed, boolean comments) {
        super(seed, comments);
    }

    /// @param comments whether comments stand at random places
    public static String program(long seed, boolean comments) {
        return new ProgramGenerator(seed, comments).file();
    }

    private String file() {
        int declarations = 1 + number(6);
        for (int i = 0; i < declarations; i++) {
            declaration();
            out.append("\n".repeat(1 + number(3)));
        }
        return out.toString();
    }

    private void declaration() {
        if (rarely()) {
            out.append("/// Says what it is.\n///   More of it.\n");
        }
        if (hasComments() && rarely()) {
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
            table(1 + number(3), 1 + number(2));
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
                            mockTurn();
                            while (maybe()) {
                                token("then");
                                mockTurn();
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

    private void mockTurn() {
        if (maybe()) {
            words("returns", 1);
        } else {
            tokens("fails", "\"timeout\"");
            optional("with", () -> object(1));
        }
        if (maybe()) {
            tokens("2", "times");
        }
    }

    private void target() {
        oneOf(
                () -> tokens("step", plain()),
                () -> token("ask"),
                () -> tokens("wait", "for", string()),
                () -> tokens("emit", string()),
                () -> token(plain() + "." + plain()));
    }
}
