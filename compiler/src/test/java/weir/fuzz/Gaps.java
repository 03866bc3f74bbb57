package weir.fuzz;

import java.util.List;
import java.util.Random;

/// Comments where nobody would put them.
final class Gaps {
    private Gaps() {}

    /// The text with a few numbered comments between its tokens.
    static String withComments(String text, Random random) {
        List<String> tokens = TokenMutations.tokens(text);
        var out = new StringBuilder();
        int chance = 2 + random.nextInt(30);
        int number = 0;
        for (String token : tokens) {
            out.append(token);
            if (random.nextInt(chance) == 0) {
                number++;
                out.append(
                        switch (random.nextInt(4)) {
                            case 0 -> "// note %d\n".formatted(number);
                            case 1 -> "\n// note %d\n".formatted(number);
                            case 2 -> "/* note %d */".formatted(number);
                            default -> " /* note %d\n   goes on */ ".formatted(number);
                        });
            }
        }
        return out.toString();
    }
}
