package weir.lsp;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.ide.Document;
import weir.source.Source;
import weir.source.Span;

/// The documents that a client has open, as it sees them. A change makes a new snapshot; a snapshot is made when it is
/// first asked for.
final class OpenDocuments {
    private final Compiler compiler;
    private final Texts texts;
    private final Map<String, String> open = new LinkedHashMap<>();
    private final Map<String, Document> snapshots = new LinkedHashMap<>();

    OpenDocuments(Compiler compiler, Texts texts) {
        this.compiler = compiler;
        this.texts = texts;
    }

    void put(String uri, String text) {
        open.put(uri, text);
        // Others may use it.
        snapshots.clear();
    }

    void close(String uri) {
        open.remove(uri);
        snapshots.clear();
    }

    void change(String uri, List<TextDocumentContentChangeEvent> changes) {
        String text = open.get(uri);
        if (text == null) {
            return;
        }
        for (var change : changes) {
            if (change.getRange() == null) {
                text = change.getText();
            } else {
                Span span = Translation.span(new Source(uri, text), change.getRange());
                text = text.substring(0, span.start()) + change.getText() + text.substring(span.end());
            }
        }
        put(uri, text);
    }

    Collection<String> uris() {
        return List.copyOf(open.keySet());
    }

    /// The snapshot of an open document, null when it is not open.
    @Nullable
    Document find(String uri) {
        String text = open.get(uri);
        return text == null
                ? null
                : snapshots.computeIfAbsent(uri, any -> Document.of(compiler, new Source(uri, text), files(uri)));
    }

    /// Files beside a document: open ones first.
    private Files files(String uri) {
        return path -> {
            String other = beside(uri, path);
            String text = open.containsKey(other) ? open.get(other) : texts.read(other);
            return text == null ? null : new Source(other, text);
        };
    }

    /// The URI of a path that is relative to a document.
    static String beside(String uri, String path) {
        Deque<String> segments = new ArrayDeque<>(List.of(uri.split("/", -1)));
        segments.removeLast();
        for (String step : path.replace(" ", "%20").split("/")) {
            switch (step) {
                case "", "." -> {}
                case ".." -> {
                    if (segments.size() > 1) {
                        segments.removeLast();
                    }
                }
                default -> segments.addLast(step);
            }
        }
        return String.join("/", segments);
    }
}
