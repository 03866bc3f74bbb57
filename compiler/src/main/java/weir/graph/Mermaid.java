package weir.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.graph.Drawing.Box;

/// A drawing as a Mermaid flowchart, which READMEs and wikis show as a picture.
public final class Mermaid {
    /// Longer lines make boxes that nobody can read.
    private static final int LONGEST = 60;

    private final Drawing drawing;
    private final Map<String, String> names = new HashMap<>();
    private final StringBuilder out = new StringBuilder("flowchart TD\n");

    private Mermaid(Drawing drawing) {
        this.drawing = drawing;
    }

    public static String write(Drawing drawing) {
        return new Mermaid(drawing).write();
    }

    private String write() {
        for (Box box : drawing.boxes()) {
            names.put(box.id(), "n" + (names.size() + 1));
        }
        boxes(null, "  ");
        for (var arrow : drawing.arrows()) {
            String label = arrow.label().isEmpty() ? "" : "|" + text(arrow.label()) + "|";
            out.append("  " + names.get(arrow.from()) + " -->" + label + " " + names.get(arrow.to()) + "\n");
        }
        return out.toString();
    }

    private void boxes(@Nullable String parent, String indent) {
        for (Box box : drawing.boxes()) {
            if (parent == null ? box.parent() != null : !parent.equals(box.parent())) {
                continue;
            }
            boolean frame = drawing.boxes().stream().anyMatch(other -> box.id().equals(other.parent()));
            out.append(indent);
            if (frame) {
                out.append("subgraph ")
                        .append(names.get(box.id()))
                        .append("[")
                        .append(text(lines(box)))
                        .append("]\n");
                boxes(box.id(), indent + "  ");
                out.append(indent).append("end\n");
            } else {
                out.append(names.get(box.id()))
                        .append(shape(box.kind(), text(lines(box))))
                        .append('\n');
            }
        }
    }

    private static List<String> lines(Box box) {
        return box.detail().isEmpty() || box.detail().equals(box.label())
                ? List.of(box.label())
                : List.of(box.label(), box.detail());
    }

    private static String shape(String kind, String text) {
        return switch (kind) {
            case "start", "end" -> "([" + text + "])";
            case "if", "switch" -> "{" + text + "}";
            case "wait", "ask" -> "{{" + text + "}}";
            case "return", "fail", "yield" -> "(" + text + ")";
            case "rules" -> "[[" + text + "]]";
            default -> "[" + text + "]";
        };
    }

    private static String text(String line) {
        return text(List.of(line));
    }

    /// Quoted, with what Mermaid would read as its own escaped.
    private static String text(List<String> lines) {
        var text = new StringBuilder("\"");
        for (String line : lines) {
            text.append(text.length() > 1 ? "<br/>" : "");
            String shown = line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
            shown.codePoints().forEach(sign -> text.append(escape(sign)));
        }
        return text.append('"').toString();
    }

    private static String escape(int sign) {
        return switch (sign) {
            case '"' -> "#quot;";
            case '<' -> "#lt;";
            case '>' -> "#gt;";
            case '&' -> "#amp;";
            case '#' -> "#35;";
            case '`' -> "#96;";
            default -> Character.toString(sign);
        };
    }
}
