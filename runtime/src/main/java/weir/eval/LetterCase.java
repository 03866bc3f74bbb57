package weir.eval;

import java.util.Locale;

/// Upper and lower case as ECMAScript has them. The JDK copies the whole text for each letter that becomes several
/// (`ß`, `ŉ`), so long texts are dealt with piece by piece.
final class LetterCase {
    private static final int PIECE = 1_000;

    private LetterCase() {}

    /// No letter's upper case depends on its neighbours.
    static String upper(String text) {
        if (text.length() <= PIECE) {
            return text.toUpperCase(Locale.ROOT);
        }
        var out = new StringBuilder(text.length() + 16);
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(from + PIECE, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to++;
            }
            out.append(text.substring(from, to).toUpperCase(Locale.ROOT));
            from = to;
        }
        return out.toString();
    }

    static String lower(String text) {
        boolean grows = text.length() > PIECE && text.indexOf('\u0130') >= 0;
        return LowerCase.of(grows ? text.replace("\u0130", "i\u0307") : text);
    }
}
