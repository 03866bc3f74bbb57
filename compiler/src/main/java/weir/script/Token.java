package weir.script;

/// A word, number, text or sign of a script.
///
/// @param text of names without their escapes, of everything else as written
/// @param end behind its last character
/// @param newLine whether a line ends between it and the token before
record Token(Kind kind, String text, int start, int end, boolean newLine) {
    enum Kind {
        NAME,
        /// `#name`
        PRIVATE,
        NUMBER,
        TEXT,
        /// A template, or a part of one, up to `${`.
        TEMPLATE_PART,
        /// A template, or the last part of one, with its backtick.
        TEMPLATE_END,
        EXPRESSION,
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equals(word) && end - start == word.length();
    }

    boolean isEnd() {
        return kind == Kind.END;
    }
}
