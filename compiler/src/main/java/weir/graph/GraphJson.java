package weir.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Graphs as JSON text, as they are stored. Writing is canonical: equal graphs give equal texts. Every text carries the
/// number of its format; older ones are brought up on reading, one function a step, newer ones are refused.
public final class GraphJson {
    /// What can change without a change of meaning: places in the text and documentation.
    private static final Set<String> NO_MEANING = Set.of("at", "doc");

    /// Where statements inside of a statement stand.
    private static final Set<String> INSIDE = Set.of("block", "body", "otherwise", "handler");

    private static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(5_000)
                            .build())
                    .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .build();

    private GraphJson() {}

    public static String write(Graph graph) {
        return document("graph", RecordJson.write(graph, Graph.class, name -> true));
    }

    public static String write(Library library) {
        return document("library", RecordJson.write(library, Library.class, name -> true));
    }

    /// @throws GraphFormatException when the text is no graph, or of a newer format
    public static Graph read(String text) {
        return (Graph) RecordJson.read(content(text, "graph"), Graph.class);
    }

    /// @throws GraphFormatException when the text is no library, or of a newer format
    public static Library readLibrary(String text) {
        return (Library) RecordJson.read(content(text, "library"), Library.class);
    }

    /// The hash that pins a run to its graph: SHA-256 in hexadecimal of everything that has a meaning. Places,
    /// formatting, comments and documentation do not change it.
    public static String hash(Graph graph) {
        String text = document("graph", RecordJson.write(graph, Graph.class, name -> !NO_MEANING.contains(name)));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What a statement itself means, without the statements inside of it: equal for equal meanings.
    public static String head(Node node) {
        return RecordJson.write(node, Node.class, name -> !NO_MEANING.contains(name) && !INSIDE.contains(name))
                .toString();
    }

    /// The same field by field; arguments and policies one by one (`arguments.url`, `policies.retry`).
    static Map<String, JsonNode> fields(Node node) {
        var fields = new TreeMap<String, JsonNode>();
        JsonNode head =
                RecordJson.write(node, Node.class, name -> !NO_MEANING.contains(name) && !INSIDE.contains(name));
        head.properties().forEach(field -> {
            switch (field.getKey()) {
                case "arguments" ->
                    field.getValue()
                            .forEach(one ->
                                    fields.put("arguments." + one.path("name").asText(), one.path("value")));
                case "policies" ->
                    field.getValue()
                            .properties()
                            .forEach(one -> fields.put("policies." + one.getKey(), one.getValue()));
                default -> fields.put(field.getKey(), field.getValue());
            }
        });
        return fields;
    }

    static JsonNode parts(Graph graph) {
        return RecordJson.write(graph, Graph.class, name -> !NO_MEANING.contains(name));
    }

    static JsonNode parts(Library library) {
        return RecordJson.write(library, Library.class, name -> !NO_MEANING.contains(name));
    }

    /// What everything means that expressions can name besides the values of a run: equal for equal meanings.
    public static String meaning(Library library) {
        return RecordJson.write(library, Library.class, name -> !NO_MEANING.contains(name))
                .toString();
    }

    private static String document(String name, JsonNode content) {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("format", Graph.FORMAT).set(name, content);
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode content(String text, String name) {
        JsonNode document;
        try {
            document = MAPPER.readTree(text);
        } catch (JsonProcessingException problem) {
            throw new GraphFormatException("not JSON: " + problem.getOriginalMessage());
        }
        int format = document.path("format").asInt(0);
        if (format < 1 || format > Graph.FORMAT) {
            throw new GraphFormatException("format " + format + " of a graph; this build reads 1 to " + Graph.FORMAT);
        }
        JsonNode content = document.path(name);
        if (!content.isObject()) {
            throw new GraphFormatException("no " + name + " in the text");
        }
        return content;
    }
}
