package weir.syntax;

import java.util.ArrayList;
import java.util.List;

/// Random statements, calls and policies.
class RandomStatements extends RandomExpressions {
    RandomStatements(long seed, boolean comments) {
        super(seed, comments);
    }

    void let() {
        tokens("let", name());
        if (rarely()) {
            token(":");
            type(1);
        }
        token("=");
        expression(3);
    }

    void block(int depth) {
        token("{");
        statements(depth);
        token("}");
    }

    void statements(int depth) {
        times(0, depth == 0 ? 2 : 4, () -> statement(depth));
        if (rarely()) {
            token("return");
        }
    }

    void statement(int depth) {
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

    void braced(String word, Runnable item) {
        tokens(word, "{");
        times(0, 2, item);
        token("}");
    }

    void branch(int depth) {
        token(name());
        block(depth);
    }

    void step(int depth) {
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

    void valueBlock(int depth) {
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

    void condition(String word) {
        tokens(word, "(");
        expression(2);
        token(")");
    }

    void call() {
        token(path());
        arguments(2);
    }

    void arguments(int depth) {
        token("(");
        list(0, 3, () -> {
            if (maybe()) {
                tokens(maybe() ? word() : string(), ":");
            }
            expression(depth);
        });
        token(")");
    }

    void policies(int depth) {
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
}
