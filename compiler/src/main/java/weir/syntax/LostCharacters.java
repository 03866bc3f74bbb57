package weir.syntax;

import java.util.Map;
import java.util.TreeMap;
import weir.source.Span;

/// Finds characters that no editor and no database keeps: zero, halves of pairs, and what stands for bytes that were
/// not UTF-8. They are refused wherever they stand, also in quoted texts and comments.
final class LostCharacters {
    private static final char REPLACEMENT = '\uFFFD';

    private LostCharacters() {}

    static boolean isLost(int character) {
        return character == 0
                || character == REPLACEMENT
                || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }

    /// Tells each kind once, at its first place.
    static void report(Reading reading) {
        String text = reading.source.text();
        Map<Integer, Integer> first = new TreeMap<>();
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != 0 && c < Character.MIN_SURROGATE) {
                continue;
            }
            int character = text.codePointAt(i);
            if (isLost(character)) {
                int kind = Character.isSurrogate(c) ? Character.MIN_SURROGATE : character;
                first.putIfAbsent(kind, i);
                counts.merge(kind, 1, Integer::sum);
            } else if (Character.isHighSurrogate(c)) {
                i++;
            }
        }
        first.forEach((kind, at) -> reading.report(
                new LexicalProblem.LostCharacter(new Span(at, at + 1), text.charAt(at), counts.getOrDefault(kind, 1))));
    }
}
