package weir.store.postgres;

import weir.value.PlainText;

/// Any text as PostgreSQL takes it, which knows neither NUL nor halves of surrogate pairs: these, and the escape
/// character itself, are written as the escape character and four hexadecimal digits.
final class StoredText {
    private static final char ESCAPE = '\u001b';

    private StoredText() {}

    static String of(String text) {
        if (text.indexOf(ESCAPE) < 0 && PlainText.is(text)) {
            return text;
        }
        var stored = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                stored.append(c).append(text.charAt(++i));
            } else if (c == 0 || c == ESCAPE || Character.isSurrogate(c)) {
                stored.append(ESCAPE).append("%04x".formatted((int) c));
            } else {
                stored.append(c);
            }
        }
        return stored.toString();
    }

    /// @param stored what [#of] made
    static String read(String stored) {
        int at = stored.indexOf(ESCAPE);
        if (at < 0) {
            return stored;
        }
        var text = new StringBuilder();
        int start = 0;
        for (; at >= 0; at = stored.indexOf(ESCAPE, start)) {
            text.append(stored, start, at).append((char) Integer.parseInt(stored.substring(at + 1, at + 5), 16));
            start = at + 5;
        }
        return text.append(stored, start, stored.length()).toString();
    }
}
