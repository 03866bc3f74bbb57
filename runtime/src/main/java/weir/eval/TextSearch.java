package weir.eval;

/// Finds texts in texts in linear time. Java's own search is faster for short patterns, but takes the product of both
/// lengths at worst, which somebody would find (Knuth, Morris and Pratt found how to avoid it).
final class TextSearch {
    private static final int SHORT = 64;

    private TextSearch() {}

    static int indexOf(String text, String part, int from) {
        if (part.length() <= SHORT || from > text.length()) {
            return text.indexOf(part, from);
        }
        return new Scan(text, part, from).next();
    }

    static int lastIndexOf(String text, String part, int from) {
        if (part.length() <= SHORT) {
            return text.lastIndexOf(part, from);
        }
        int last = -1;
        var scan = new Scan(text, part, 0);
        for (int at = scan.next(); at >= 0 && at <= from; at = scan.next()) {
            last = at;
        }
        return last;
    }

    private static final class Scan {
        private final String text;
        private final String part;
        /// For each length of a matching start, how much of it still matches after a mismatch.
        private final int[] shorter;
        private int at;
        private int matched;

        Scan(String text, String part, int from) {
            this.text = text;
            this.part = part;
            this.at = from;
            this.shorter = new int[part.length() + 1];
            for (int i = 1, k = 0; i < part.length(); i++) {
                while (k > 0 && part.charAt(i) != part.charAt(k)) {
                    k = shorter[k];
                }
                k = part.charAt(i) == part.charAt(k) ? k + 1 : 0;
                shorter[i + 1] = k;
            }
        }

        /// Where the next occurrence starts, or -1.
        int next() {
            while (at < text.length()) {
                char c = text.charAt(at++);
                while (matched > 0 && c != part.charAt(matched)) {
                    matched = shorter[matched];
                }
                if (c == part.charAt(matched) && ++matched == part.length()) {
                    matched = shorter[matched];
                    return at - part.length();
                }
            }
            return -1;
        }
    }
}
