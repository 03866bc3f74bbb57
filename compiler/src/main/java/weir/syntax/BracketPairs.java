package weir.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import weir.source.Source;

/// Which bracket closes which, in a text that can be read. Places are offsets of the brackets.
public final class BracketPairs {
    private final Map<Integer, Integer> closings = new HashMap<>();
    private final Map<Integer, Integer> openings = new HashMap<>();

    private BracketPairs() {}

    public static BracketPairs of(Source source) {
        var pairs = new BracketPairs();
        var lexer = new ModalLexer(new TextStream(source.name(), source.text()));
        Deque<Integer> open = new ArrayDeque<>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            if (Words.opens(token.getType())) {
                open.push(token.getStopIndex());
            } else if (Words.closes(token.getType()) && !open.isEmpty()) {
                int opening = open.pop();
                pairs.closings.put(opening, token.getStartIndex());
                pairs.openings.put(token.getStartIndex(), opening);
            }
        }
        return pairs;
    }

    /// Where the bracket is closed that opens there.
    public int closing(int opening) {
        return closings.getOrDefault(opening, opening);
    }

    /// Where the bracket is opened that closes there.
    public int opening(int closing) {
        return openings.getOrDefault(closing, closing);
    }
}
