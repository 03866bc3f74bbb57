package weir.format;

/// Quoted texts stand in double quotes where that needs no escape.
final class Quotes {
    private Quotes() {}

    /// @param written a quoted text or anything else
    static String canonical(String written) {
        boolean single = written.length() > 1 && written.charAt(0) == '\'';
        return single && written.indexOf('"') < 0 && written.indexOf('\\') < 0
                ? '"' + written.substring(1, written.length() - 1) + '"'
                : written;
    }

    /// A text as a program writes it.
    static String quoted(String text) {
        var written = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> written.append('\\').append(c);
                case '\n' -> written.append("\\n");
                case '\t' -> written.append("\\t");
                case '\r' -> written.append("\\r");
                default -> written.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return written.append('"').toString();
    }
}
