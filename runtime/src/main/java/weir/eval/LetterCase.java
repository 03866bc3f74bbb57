package weir.eval;

import java.util.Locale;

/// Upper and lower case as ECMAScript has them. The JDK copies the whole text for each letter that becomes several
/// (`ß`, `ŉ`), so long texts are dealt with piece by piece; and it decides by the borders of words whether a sigma is
/// the
/// last letter of one, Unicode by the letters around it.
final class LetterCase {
    private static final int PIECE = 1_000;

    private static final char SIGMA = 'Σ';
    private static final char LAST_SIGMA = 'ς';

    /// What stands within words: Word_Break is MidLetter, MidNumLet or Single_Quote.
    private static final String WITHIN_WORDS =
            "':.·\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

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
        return withSigmas(grows ? text.replace("\u0130", "i\u0307") : text);
    }

    private static String withSigmas(String text) {
        if (text.indexOf(SIGMA) < 0) {
            return text.toLowerCase(Locale.ROOT);
        }
        var lower = new StringBuilder();
        int start = 0;
        for (int at = text.indexOf(SIGMA); at >= 0; at = text.indexOf(SIGMA, start)) {
            lower.append(text.substring(start, at).toLowerCase(Locale.ROOT));
            lower.append(isLast(text, at) ? LAST_SIGMA : 'σ');
            start = at + 1;
        }
        return lower.append(text.substring(start).toLowerCase(Locale.ROOT)).toString();
    }

    /// Final_Sigma: a letter with case before it and none behind it, whatever has no case and does not count
    /// between.
    private static boolean isLast(String text, int at) {
        int before = at;
        while (before > 0 && isIgnored(text.codePointBefore(before))) {
            before -= Character.charCount(text.codePointBefore(before));
        }
        if (before == 0 || !hasCase(text.codePointBefore(before))) {
            return false;
        }
        int behind = at + 1;
        while (behind < text.length() && isIgnored(text.codePointAt(behind))) {
            behind += Character.charCount(text.codePointAt(behind));
        }
        return behind == text.length() || !hasCase(text.codePointAt(behind));
    }

    private static boolean hasCase(int point) {
        return Character.isLowerCase(point) || Character.isUpperCase(point) || Character.isTitleCase(point);
    }

    /// Case_Ignorable.
    private static boolean isIgnored(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default -> WITHIN_WORDS.indexOf(point) >= 0;
        };
    }
}
