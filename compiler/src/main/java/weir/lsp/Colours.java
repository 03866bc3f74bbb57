package weir.lsp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensDelta;
import org.eclipse.lsp4j.SemanticTokensEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import weir.ide.Document;
import weir.ide.SemanticToken;
import weir.source.Span;

/// Semantic tokens as the protocol numbers them, with the last answer of each document, so that the next can be told
/// as a difference.
final class Colours {
    private record Told(String id, int[] data) {}

    private static final int FIELDS = 5;

    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private int ids;

    SemanticTokens whole(Document document, Translation words) {
        int[] data = numbers(document, document.tokens(), words);
        return new SemanticTokens(remember(document, data), boxed(data));
    }

    SemanticTokens range(Document document, Span span, Translation words) {
        var inside = document.tokens().stream()
                .filter(token -> token.at().end() > span.start() && token.at().start() < span.end())
                .toList();
        return new SemanticTokens(boxed(numbers(document, inside, words)));
    }

    /// The difference to the answer with that id, or everything if that is not known any more.
    Either<SemanticTokens, SemanticTokensDelta> since(String id, Document document, Translation words) {
        Told before = told.get(document.source().name());
        if (before == null || !before.id.equals(id)) {
            return Either.forLeft(whole(document, words));
        }
        int[] data = numbers(document, document.tokens(), words);
        int start = 0;
        int shorter = Math.min(data.length, before.data.length);
        while (start < shorter && data[start] == before.data[start]) {
            start++;
        }
        int tail = 0;
        while (tail < shorter - start && data[data.length - 1 - tail] == before.data[before.data.length - 1 - tail]) {
            tail++;
        }
        String next = remember(document, data);
        int removed = before.data.length - tail - start;
        int[] added = Arrays.copyOfRange(data, start, data.length - tail);
        List<SemanticTokensEdit> edits = removed == 0 && added.length == 0
                ? List.of()
                : List.of(new SemanticTokensEdit(start, removed, boxed(added)));
        return Either.forRight(new SemanticTokensDelta(edits, next));
    }

    void forget(String uri) {
        told.remove(uri);
    }

    private synchronized String remember(Document document, int[] data) {
        String id = String.valueOf(++ids);
        told.put(document.source().name(), new Told(id, data));
        return id;
    }

    /// Five numbers a token, places relative to the one before.
    private static int[] numbers(Document document, List<SemanticToken> tokens, Translation words) {
        int[] data = new int[tokens.size() * FIELDS];
        int at = 0;
        int line = 0;
        int column = 0;
        for (SemanticToken token : tokens) {
            var start = words.position(document.source(), token.at().start());
            var end = words.position(document.source(), token.at().end());
            data[at] = start.getLine() - line;
            data[at + 1] = start.getLine() == line ? start.getCharacter() - column : start.getCharacter();
            data[at + 2] = end.getCharacter() - start.getCharacter();
            data[at + 3] = token.kind().ordinal();
            data[at + 4] = token.modifiers().stream()
                    .mapToInt(modifier -> 1 << modifier.ordinal())
                    .sum();
            line = start.getLine();
            column = start.getCharacter();
            at += FIELDS;
        }
        return data;
    }

    private static List<Integer> boxed(int[] data) {
        return Arrays.stream(data).boxed().toList();
    }
}
