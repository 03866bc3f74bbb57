package weir.syntax;

import java.util.List;
import java.util.Random;

/// Spoils a text as typing, cutting, pasting and bad luck do. The same seed gives the same text.
public final class Mutations {
    public static final List<String> PIECES = List.of(
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            "`",
            "${",
            "\"",
            "'",
            "/*",
            "*/",
            "//",
            "///",
            "```js",
            "```",
            "|",
            "||",
            "---",
            "=>",
            "->",
            "=",
            "==",
            "===",
            "??",
            "?.",
            "...",
            "..",
            ".",
            ",",
            ":",
            ";",
            "#",
            "@",
            "\\",
            "\n",
            "\n\n",
            " ",
            "let x = ",
            "step ",
            "if (",
            "else ",
            "for x of ",
            "return",
            "workflow a() {",
            "rules r(",
            "test \"",
            "new ",
            "function ",
            "await ",
            "const ",
            "0x",
            "1.",
            ".5",
            "5min",
            "é",
            "\uD83D\uDE00",
            "\uD83D",
            "\u0000",
            "\r",
            "“");

    private Mutations() {}

    public static String mutate(String text, Random random) {
        var mutated = new StringBuilder(text);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change(mutated, random);
        }
        return mutated.toString();
    }

    private static void change(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
        switch (random.nextInt(8)) {
            case 0, 1 -> text.delete(at, to);
            case 2, 3 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 4 -> text.insert(at, text.substring(at, to));
            case 5 -> {
                String moved = text.substring(at, to);
                text.delete(at, to);
                text.insert(random.nextInt(text.length() + 1), moved);
            }
            case 6 -> {
                int line = text.indexOf("\n", at);
                if (line >= 0) {
                    int next = text.indexOf("\n", line + 1);
                    text.delete(line, next < 0 ? text.length() : next);
                }
            }
            default -> {
                if (random.nextInt(10) == 0) {
                    text.setLength(at);
                } else if (at < text.length()) {
                    text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
                }
            }
        }
    }
}
