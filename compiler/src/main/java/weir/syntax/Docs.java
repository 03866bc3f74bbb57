package weir.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.antlr.v4.runtime.Token;
import weir.syntax.Tree.Comment;

/// The `///` lines of a file, each found by the token that follows it, until a declaration or a field takes them.
final class Docs {
    private final Map<Integer, List<Token>> before = new HashMap<>();

    /// Notes the lines that stand before a token which begins at an offset.
    void add(int offset, List<Token> lines) {
        before.computeIfAbsent(offset, key -> new ArrayList<>()).addAll(lines);
    }

    void forgetFrom(int offset) {
        before.keySet().removeIf(start -> start >= offset);
    }

    /// The text before the token, without marks; empty if there is none. A text is given once.
    String take(Token token) {
        List<Token> lines = before.remove(token.getStartIndex());
        return lines == null
                ? ""
                : String.join("\n", lines.stream().map(Docs::unmarked).toList());
    }

    /// The lines that nothing took: they are comments like others.
    List<Comment> rest() {
        return new TreeMap<>(before)
                .values().stream()
                        .flatMap(List::stream)
                        .map(line -> new Comment(line.getText(), Reading.span(line)))
                        .toList();
    }

    private static String unmarked(Token line) {
        String text = line.getText().substring(3).stripTrailing();
        return text.startsWith(" ") ? text.substring(1) : text;
    }
}
