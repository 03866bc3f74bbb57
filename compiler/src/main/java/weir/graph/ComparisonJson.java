package weir.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import weir.source.Source;

/// A comparison as the API and `weir compare --json` give it: `{ same, head, library, statements: [{ change, id, was,
/// fields, moved, before, after }] }`. `before` and `after` are the first lines of the statements.
public final class ComparisonJson {
    private ComparisonJson() {}

    public static ObjectNode of(Comparison comparison, Source before, Source after) {
        var json = JsonNodeFactory.instance.objectNode().put("same", comparison.isSame());
        var head = json.putArray("head");
        comparison.head().forEach(head::add);
        var library = json.putArray("library");
        comparison
                .library()
                .forEach(one -> library.addObject().put("name", one.what()).put("change", one.how()));
        var statements = json.putArray("statements");
        for (var change : comparison.statements()) {
            switch (change) {
                case Comparison.Change.Added(Node node) ->
                    put(statements.addObject(), "added", node.id(), null).put("after", line(node, after));
                case Comparison.Change.Removed(Node node) ->
                    put(statements.addObject(), "removed", node.id(), null).put("before", line(node, before));
                case Comparison.Change.Changed changed -> {
                    String how = !changed.fields().isEmpty() ? "changed" : changed.renamed() ? "renamed" : "moved";
                    var one = put(
                            statements.addObject(),
                            how,
                            changed.after().id(),
                            changed.renamed() ? changed.before().id() : null);
                    var fields = one.putArray("fields");
                    changed.fields().forEach(fields::add);
                    one.put("moved", changed.moved())
                            .put("before", line(changed.before(), before))
                            .put("after", line(changed.after(), after));
                }
            }
        }
        return json;
    }

    private static ObjectNode put(ObjectNode json, String change, String id, @Nullable String was) {
        json.put("change", change).put("id", id);
        return was == null ? json : json.put("was", was);
    }

    private static String line(Node node, Source source) {
        int start = Math.min(node.at().start(), source.text().length());
        int end = source.text().indexOf('\n', start);
        return source.text()
                .substring(start, end < 0 ? source.text().length() : end)
                .strip();
    }
}
