package weir.syntax;

import java.util.List;
import java.util.Random;

/// Random tokens, each with white space or, on request, a comment before it.
class RandomText {
    private static final List<String> PLAIN = List.of("order", "total", "x", "customer_id", "_1", "page", "items");
    private static final List<String> SOFT = List.of(
            "key", "at", "by", "from", "to", "first", "next", "of", "every", "queue", "when", "then", "with", "once",
            "per", "error", "test", "type", "body", "run", "never", "most", "times", "up", "where", "all", "not");
    private static final List<String> HARD = List.of("if", "step", "new", "return", "in", "function", "class", "log");

    private final Random random;
    private final boolean comments;
    final StringBuilder out = new StringBuilder();

    /// @param comments whether comments stand at random places
    RandomText(long seed, boolean comments) {
        this.random = new Random(seed);
        this.comments = comments;
    }

    /// From 0 to less than the bound.
    int number(int bound) {
        return random.nextInt(bound);
    }

    boolean hasComments() {
        return comments;
    }

    void token(String text) {
        boolean start = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        if (!start) {
            out.append(space());
        }
        out.append(text);
    }

    void tokens(String... texts) {
        for (String text : texts) {
            token(text);
        }
    }

    /// Never the left edge of a line, where only declarations begin.
    String space() {
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

    boolean maybe() {
        return random.nextBoolean();
    }

    boolean rarely() {
        return random.nextInt(6) == 0;
    }

    <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    void oneOf(Runnable... choices) {
        choices[random.nextInt(choices.length)].run();
    }

    void times(int least, int most, Runnable each) {
        int count = least + random.nextInt(most - least + 1);
        for (int i = 0; i < count; i++) {
            each.run();
        }
    }

    void list(int least, int most, Runnable each) {
        int count = least + random.nextInt(most - least + 1);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                token(",");
            }
            each.run();
        }
    }

    String name() {
        return rarely() ? pick(SOFT) : pick(PLAIN);
    }

    /// After a dot, as a key or as an argument's name.
    String word() {
        return rarely() ? pick(HARD) : name();
    }

    String plain() {
        return pick(PLAIN);
    }

    String number() {
        return pick(List.of("0", "1", "42", "1_000", "0.5", "2e6", "5e-3", "0xff", "0b101", "0o17"));
    }

    String duration() {
        return pick(List.of("250ms", "5m", "1h30m", "2d"));
    }

    String string() {
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

    String path() {
        var path = new StringBuilder(name());
        times(0, 2, () -> path.append('.').append(word()));
        return path.toString();
    }

    /// Docs have lines of their own.
    void doc() {
        if (rarely()) {
            out.append("\n  /// About the next.\n  ");
        }
    }
}
