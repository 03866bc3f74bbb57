package weir.ide;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with blanks where nothing stands that matters at an offset, so that what could be written there is found out
/// without looking at everything: bodies of other workflows that say what they return, and tests. Places stay the same.
final class Focus {
    /// A declaration from its first line to the brace that closes it at the left edge.
    private static final Pattern DECLARATION =
            Pattern.compile("^(workflow|test)\\b([^\\n]*)\\{\\n(.*?)^\\}", Pattern.MULTILINE | Pattern.DOTALL);

    /// Something that begins at the left edge and is no closing brace: then the text before it is broken.
    private static final Pattern EDGE = Pattern.compile("^[^\\s}]", Pattern.MULTILINE);

    private Focus() {}

    static String at(String text, int offset) {
        Matcher found = DECLARATION.matcher(text);
        StringBuilder blanked = null;
        while (found.find()) {
            boolean here = found.start() <= offset && offset <= found.end();
            boolean test = found.group(1).equals("test");
            if (here && test) {
                // A test sees what its workflow makes.
                return text;
            }
            boolean told = test || found.group(2).contains("->");
            if (!here && told && !EDGE.matcher(found.group(3)).find()) {
                blanked = blanked == null ? new StringBuilder(text) : blanked;
                blank(blanked, found.start(3), found.end(3));
            }
        }
        return blanked == null ? text : blanked.toString();
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }
}
