package weir.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Makes a text small that still fails: cuts out halves, quarters and so on, of lines, then tokens, then characters
/// (A. Zeller, R. Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002).
final class Shrinking {
    /// Tries after which a text is small enough.
    private static final int TRIES = 1_500;

    private final Predicate<String> fails;
    private int tries;

    private Shrinking(Predicate<String> fails) {
        this.fails = fails;
    }

    static String shrink(String text, Predicate<String> fails) {
        var shrinking = new Shrinking(fails);
        String small = shrinking.pieces(List.of(text.split("(?<=\n)")));
        small = shrinking.pieces(List.of(small.split("(?<=[^A-Za-z0-9_])|(?=[^A-Za-z0-9_])")));
        return shrinking.pieces(Arrays.asList(small.split("")));
    }

    private String pieces(List<String> all) {
        List<String> pieces = new ArrayList<>(all);
        for (int size = Math.max(1, pieces.size() / 2); size >= 1; size = size == 1 ? 0 : size / 2) {
            for (int at = 0; at < pieces.size() && tries < TRIES; ) {
                List<String> fewer = new ArrayList<>(pieces);
                fewer.subList(at, Math.min(fewer.size(), at + size)).clear();
                tries++;
                if (fails.test(String.join("", fewer))) {
                    pieces = fewer;
                } else {
                    at += size;
                }
            }
        }
        return String.join("", pieces);
    }
}
