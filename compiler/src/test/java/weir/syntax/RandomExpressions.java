package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Random expressions and types.
class RandomExpressions extends RandomText {
    private static final List<String> BINARY =
            List.of("+", "-", "*", "/", "%", "<", "<=", ">", ">=", "===", "!==", "&", "^", "<<", ">>", ">>>", "in");

    RandomExpressions(long seed, boolean comments) {
        super(seed, comments);
    }

    void type(int depth) {
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

    void atom(int depth) {
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

    void optional(String word, Runnable rest) {
        if (rarely()) {
            token(word);
            rest.run();
        }
    }

    void words(String words, int depth) {
        tokens(words.split(" "));
        expression(depth);
    }

    void expression(int depth) {
        if (depth == 0) {
            atom();
            return;
        }
        Consumer<String> both = operator -> {
            operation(depth - 1);
            token(operator);
            operation(depth - 1);
        };
        switch (number(12)) {
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

    void arrow(int depth) {
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

    void pattern(int depth) {
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

    void operation(int depth) {
        if (depth == 0) {
            atom();
            return;
        }
        switch (number(10)) {
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

    void callArguments(int depth) {
        token("(");
        list(0, 2, () -> element(depth));
        token(")");
    }

    void element(int depth) {
        if (rarely()) {
            token("...");
        }
        expression(depth);
    }

    void object(int depth) {
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

    void atom() {
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
    String template() {
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
