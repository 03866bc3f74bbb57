package weir.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Source;

/// A graph as it is drawn: boxes and arrows. Boxes that stand for a part of the text know where it is.
public record Drawing(List<Box> boxes, List<Arrow> arrows) {
    public Drawing {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /// @param id the node's id; of a branch the node's with the branch's name; `start` and `end`
    /// @param kind `start end step let if switch for repeat parallel race wait ask emit log split try return fail
    /// yield rules`
    /// @param label what stands in the box
    /// @param detail a second line, empty if there is none
    /// @param parent the id of the box that it stands in, null at the top
    /// @param line where its text begins, from 1
    /// @param column where its text begins, from 1
    /// @param endLine the line where its text ends
    public record Box(
            String id,
            String kind,
            String label,
            String detail,
            @Nullable String parent,
            int line,
            int column,
            int endLine) {}

    /// @param label what has to be the case for this way, empty if it is the only one
    public record Arrow(String from, String to, String label) {}

    /// @param source the text that the graph was compiled from
    public static Drawing of(Graph graph, Source source) {
        return new Draughtsman(graph, source).draw();
    }

    /// `{ nodes: [{ id, kind, label, detail, parent, line, column, endLine }], edges: [{ from, to, label }] }`
    public ObjectNode json() {
        var document = JsonNodeFactory.instance.objectNode();
        var nodes = document.putArray("nodes");
        for (Box box : boxes) {
            nodes.addObject()
                    .put("id", box.id())
                    .put("kind", box.kind())
                    .put("label", box.label())
                    .put("detail", box.detail())
                    .put("parent", box.parent())
                    .put("line", box.line())
                    .put("column", box.column())
                    .put("endLine", box.endLine());
        }
        var edges = document.putArray("edges");
        for (Arrow arrow : arrows) {
            edges.addObject().put("from", arrow.from()).put("to", arrow.to()).put("label", arrow.label());
        }
        return document;
    }
}
