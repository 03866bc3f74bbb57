package weir.eval;

/// Reading numbers from texts as ECMAScript does.
final class NumberText {
    private NumberText() {}

    /// ToNumber of a text: the whole of it between white space, empty is zero, NaN when it is no number.
    static double number(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            return 0;
        }
        if (end - start > 2 && text.charAt(start) == '0') {
            int base = base(text.charAt(start + 1));
            if (base != 10) {
                return whole(text, start + 2, end, base);
            }
        }
        return decimalEnd(text, start, end) == end ? decimal(text, start, end) : Double.NaN;
    }

    /// `parseFloat`: the longest number that the text begins with.
    static double leading(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        int end = decimalEnd(text, start, text.length());
        return end < 0 ? Double.NaN : decimal(text, start, end);
    }

    private static int base(char letter) {
        return switch (letter) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    private static double whole(String text, int start, int end, int base) {
        for (int i = start; i < end; i++) {
            if (digit(text.charAt(i)) >= base) {
                return Double.NaN;
            }
        }
        return digits(text, start, end, base);
    }

    /// The value of digits that were checked, correctly rounded.
    static double digits(String text, int start, int end, int base) {
        long value = 0;
        for (int i = start; i < end; i++) {
            if (value >= (1L << 53) / base) {
                // Reading all the digits of a long number takes the square of their count; those are infinite anyway.
                boolean endless = (end - i) * Math.log(base) > 1_000 * Math.log(2);
                return endless
                        ? Double.POSITIVE_INFINITY
                        : new java.math.BigInteger(text.substring(start, end), base).doubleValue();
            }
            value = value * base + digit(text.charAt(i));
        }
        return value;
    }

    /// The value of an ASCII digit or letter, or 99.
    static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return c < 128 && lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
    }

    /// Where the decimal number that starts here ends, or -1 when none does.
    private static int decimalEnd(String text, int start, int end) {
        int i = start;
        if (i < end && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
            i++;
        }
        if (text.startsWith("Infinity", i) && i + 8 <= end) {
            return i + 8;
        }
        int whole = digitsEnd(text, i, end);
        int after = whole;
        boolean any = whole > i;
        if (whole < end && text.charAt(whole) == '.') {
            int fraction = digitsEnd(text, whole + 1, end);
            if (any || fraction > whole + 1) {
                any = true;
                after = fraction;
            }
        }
        return any ? exponentEnd(text, after, end) : -1;
    }

    private static int exponentEnd(String text, int at, int end) {
        if (at >= end || (text.charAt(at) | 0x20) != 'e') {
            return at;
        }
        int i = at + 1;
        if (i < end && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
            i++;
        }
        int stop = digitsEnd(text, i, end);
        return stop > i ? stop : at;
    }

    private static int digitsEnd(String text, int start, int end) {
        int i = start;
        while (i < end && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    /// What lies between is a decimal number as Java reads it, too.
    private static double decimal(String text, int start, int end) {
        return Double.parseDouble(text.substring(start, end));
    }

    /// ECMAScript's WhiteSpace and LineTerminator.
    static boolean isSpace(char c) {
        return switch (c) {
            case '\t', '\n', 0x0B, '\f', '\r', ' ', 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF ->
                true;
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }
}
