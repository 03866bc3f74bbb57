package weir.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import weir.source.Source;
import weir.syntax.Tokens;

/// Spoils a text token by token: what somebody forgets, writes twice, swaps, or pastes from elsewhere.
final class TokenMutations {
    private final List<String> texts;
    private final Random random;

    TokenMutations(List<String> texts, Random random) {
        this.texts = texts;
        this.random = random;
    }

    /// Tokens with the white space behind them.
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int from = 0;
        for (Tokens.Piece piece : Tokens.of(new Source("fuzz", text))) {
            if (piece.span().start() > from) {
                tokens.add(text.substring(from, piece.span().start()));
                from = piece.span().start();
            }
        }
        tokens.add(text.substring(from));
        return tokens;
    }

    String mutate(String text) {
        List<String> tokens = new ArrayList<>(tokens(text));
        for (int i = 1 + random.nextInt(3); i > 0 && !tokens.isEmpty(); i--) {
            change(tokens);
        }
        return String.join("", tokens);
    }

    private void change(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        int to = Math.min(tokens.size(), at + 1 + (random.nextInt(3) == 0 ? random.nextInt(12) : 0));
        switch (random.nextInt(6)) {
            case 0 -> tokens.subList(at, to).clear();
            case 1 -> tokens.addAll(at, List.copyOf(tokens.subList(at, to)));
            case 2 -> {
                int other = random.nextInt(tokens.size());
                String moved = tokens.get(at);
                tokens.set(at, tokens.get(other));
                tokens.set(other, moved);
            }
            case 3 -> {
                List<String> moved = List.copyOf(tokens.subList(at, to));
                tokens.subList(at, to).clear();
                tokens.addAll(random.nextInt(tokens.size() + 1), moved);
            }
            default -> {
                List<String> others = tokens(texts.get(random.nextInt(texts.size())));
                int from = random.nextInt(others.size());
                int end = Math.min(others.size(), from + 1 + random.nextInt(random.nextBoolean() ? 2 : 30));
                tokens.addAll(at, others.subList(from, end));
            }
        }
    }
}
