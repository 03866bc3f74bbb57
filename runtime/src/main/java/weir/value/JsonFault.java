package weir.value;

/// Where a text stops being JSON, in words: what was expected there and what is there.
final class JsonFault {
    private static final int LONGEST = 12;

    private final String text;
    private final StringBuilder open = new StringBuilder();
    private int at;

    private JsonFault(String text) {
        this.text = text;
    }

    /// What is wrong with a text that is not JSON: `"," or "]" is expected at line 1, column 3, not "x"`.
    static String of(String text) {
        try {
            new JsonFault(text).read();
            return "it cannot be read";
        } catch (Fault fault) {
            return String.valueOf(fault.getMessage());
        }
    }

    /// Ends the reading.
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message, null, false, false);
        }
    }

    private void read() throws Fault {
        boolean value = true;
        while (value || !open.isEmpty()) {
            value = value ? begins() : goesOn();
        }
        space();
        if (at < text.length()) {
            throw expected("nothing more");
        }
    }

    /// Reads a value, or the start of one; whether another value follows at once.
    private boolean begins() throws Fault {
        space();
        char c = here();
        switch (c) {
            case '[' -> {
                enter(c);
                return !closes(']');
            }
            case '{' -> {
                enter(c);
                return !closes('}') && name("a name in quotes or `}`");
            }
            case '"' -> string();
            default -> plain();
        }
        return false;
    }

    /// Behind a value in a list or record.
    private boolean goesOn() throws Fault {
        boolean list = open.charAt(open.length() - 1) == '[';
        space();
        if (closes(list ? ']' : '}')) {
            return false;
        }
        if (here() != ',') {
            throw expected(list ? "`,` or `]`" : "`,` or `}`");
        }
        at++;
        return list || name("a name in quotes");
    }

    private boolean name(String what) throws Fault {
        space();
        if (here() != '"') {
            throw expected(what);
        }
        string();
        space();
        if (here() != ':') {
            throw expected("`:`");
        }
        at++;
        return true;
    }

    private void enter(char bracket) {
        open.append(bracket);
        at++;
    }

    private boolean closes(char bracket) {
        space();
        boolean closes = here() == bracket;
        if (closes) {
            at++;
            open.setLength(open.length() - 1);
        }
        return closes;
    }

    private void string() throws Fault {
        int start = at++;
        while (here() != '"') {
            if (at >= text.length()) {
                at = start;
                throw new Fault("the text that begins" + place() + " is never closed with a quote");
            }
            if (here() < ' ') {
                throw new Fault("a text must not hold a line break or control character as it is; write `\\n` for it,"
                        + place());
            }
            if (here() == '\\') {
                escape();
            } else {
                at++;
            }
        }
        at++;
    }

    private void escape() throws Fault {
        at++;
        if (here() == 'u') {
            for (int i = 1; i <= 4; i++) {
                if (at + i >= text.length() || Character.digit(text.charAt(at + i), 16) < 0) {
                    throw new Fault("`\\u` needs four hexadecimal digits" + place());
                }
            }
            at += 5;
        } else if (at < text.length() && "\"\\/bfnrt".indexOf(here()) >= 0) {
            at++;
        } else {
            throw new Fault("`\\` must stand before one of \" \\ / b f n r t u" + place());
        }
    }

    /// `true`, `false`, `null` or a number.
    private void plain() throws Fault {
        for (var word : new String[] {"true", "false", "null"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return;
            }
        }
        int start = at;
        at += here() == '-' ? 1 : 0;
        int digits = digits();
        if (digits == 0) {
            at = start;
            throw expected("a value");
        }
        if (digits > 1 && text.charAt(at - digits) == '0') {
            at = start;
            throw new Fault("a number must not begin with 0" + place());
        }
        if (here() == '.') {
            at++;
            requireDigits();
        }
        if (here() == 'e' || here() == 'E') {
            at++;
            at += here() == '+' || here() == '-' ? 1 : 0;
            requireDigits();
        }
    }

    private void requireDigits() throws Fault {
        if (digits() == 0) {
            throw expected("a digit");
        }
    }

    private int digits() {
        int start = at;
        while (here() >= '0' && here() <= '9') {
            at++;
        }
        return at - start;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /// The character to read; NUL at the end, which stands nowhere in JSON.
    private char here() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private Fault expected(String what) {
        return new Fault(
                at >= text.length()
                        ? "it ends where " + what + " is expected"
                        : what + " is expected" + place() + ", not " + found());
    }

    private String place() {
        int line = 1;
        int start = 0;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return " at line " + line + ", column " + (at - start + 1);
    }

    /// The word or sign that stands there.
    private String found() {
        int end = at;
        while (end < text.length() && end - at < LONGEST && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(at)) && at + 1 < text.length();
        return Json.text(Value.of(text.substring(at, Math.max(end, pair ? at + 2 : at + 1))));
    }
}
