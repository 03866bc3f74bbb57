package weir.eval;

import java.util.Locale;

/// Texts in lower case as Unicode says. The JDK decides by the borders of words whether a sigma is the last letter of
/// one, Unicode by the letters around it.
final class LowerCase {
    private static final char SIGMA = 'Σ';
    private static final char LAST_SIGMA = 'ς';

    /// What stands within words: Word_Break is MidLetter, MidNumLet or Single_Quote.
    private static final String WITHIN_WORDS =
            "':.·\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

    private LowerCase() {}

    static String of(String text) {
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
