package weir.source;

/// The colours of a terminal, or none.
enum Palette {
    NONE,
    ANSI;

    enum Style {
        ERROR("1;31"),
        WARNING("1;33"),
        NOTE("1;36"),
        STRONG("1"),
        MARGIN("34"),
        QUIET("36"),
        FIX("32");

        private final String code;

        Style(String code) {
            this.code = code;
        }

        static Style of(Severity severity) {
            return switch (severity) {
                case ERROR -> ERROR;
                case WARNING -> WARNING;
                case INFO, HINT -> NOTE;
            };
        }
    }

    String paint(Style style, String text) {
        return this == NONE || text.isEmpty() ? text : "\u001b[" + style.code + "m" + text + "\u001b[0m";
    }
}
