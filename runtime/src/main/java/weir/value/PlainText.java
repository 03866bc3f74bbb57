package weir.value;

/// Texts that every database, protocol and file takes: without NUL and halves of surrogate pairs. Values may be any
/// text; what is used as a name or key has to be plain.
public final class PlainText {
    private PlainText() {}

    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
