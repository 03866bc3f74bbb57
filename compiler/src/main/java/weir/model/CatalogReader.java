package weir.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads `integrations.txt`, whose first lines say what its lines mean. A mistake in it is a bug and throws.
final class CatalogReader {
    private final List<Integration> integrations = new ArrayList<>();
    private final Map<String, String> meanings = new HashMap<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final StringBuilder doc = new StringBuilder();
    private String head = "";

    private CatalogReader() {}

    static List<Integration> read(String text) {
        var reader = new CatalogReader();
        text.lines().forEach(reader::line);
        reader.end();
        return List.copyOf(reader.integrations);
    }

    private void line(String line) {
        if (line.startsWith("integration ")) {
            end();
            head = line;
        } else if (line.startsWith("- ")) {
            int colon = line.indexOf(':');
            meanings.put(line.substring(2, colon), line.substring(colon + 1).strip());
        } else if (line.startsWith("///")) {
            doc.append(doc.isEmpty() ? "" : "\n").append(line.substring(3).strip());
        } else if (!line.isBlank() && !line.startsWith("#")) {
            signature(line);
        }
    }

    private void signature(String line) {
        int space = line.indexOf(' ');
        int open = line.indexOf('(');
        String word = line.substring(0, space);
        String name = line.substring(space + 1, open);
        if (word.equals("connection")) {
            var fields = SignatureReader.parameters(line.substring(open + 1, line.length() - 1));
            connections.add(new Connection(name, documented(fields), doc()));
            return;
        }
        int arrow = line.lastIndexOf(") -> ");
        actions.add(new Action(
                name,
                documented(SignatureReader.parameters(line.substring(open + 1, arrow))),
                SignatureReader.type(line.substring(arrow + ") -> ".length())),
                Effect.valueOf(word.toUpperCase(Locale.ROOT)),
                doc()));
    }

    private List<Parameter> documented(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> new Parameter(
                        parameter.name(),
                        parameter.type(),
                        parameter.optional(),
                        meanings.getOrDefault(parameter.name(), "")))
                .toList();
    }

    private String doc() {
        String text = doc.toString();
        doc.setLength(0);
        return text;
    }

    private void end() {
        if (!head.isEmpty()) {
            var words = head.split(" ", 4);
            integrations.add(new Integration(words[1], words[2], words[3], actions, List.of(), connections));
        }
        meanings.clear();
        actions.clear();
        connections.clear();
    }
}
