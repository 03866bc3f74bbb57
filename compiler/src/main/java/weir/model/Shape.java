package weir.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a type looks like from outside: as text, as an example value, as a JSON Schema.
public final class Shape {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /// How deep examples of types that name themselves go.
    private static final int DEPTH = 24;
    /// How many values an example has at most.
    private static final int VALUES = 2_000;

    private final Map<String, Type> declared;

    /// @param declared the types that [Type.Named] refers to
    public Shape(Map<String, Type> declared) {
        this.declared = Map.copyOf(declared);
    }

    /// The type as it is written in a text.
    public static String display(Type type) {
        return switch (type) {
            case Type.Basic basic -> basic.word();
            case Type.Literal literal -> display(literal);
            case Type.ListOf(Type item) -> "[" + display(item) + "]";
            case Type.RecordOf(List<Type.Field> fields) when fields.isEmpty() -> "{}";
            case Type.RecordOf(List<Type.Field> fields) ->
                fields.stream().map(Shape::display).collect(Collectors.joining(", ", "{ ", " }"));
            case Type.MapOf(Type value) -> "{ [name]: " + display(value) + " }";
            case Type.Union(List<Type> members) ->
                members.stream().map(Shape::display).collect(Collectors.joining(" | "));
            case Type.Named(String name) -> name.startsWith("'") ? name.substring(1) : name;
        };
    }

    private static String display(Type.Literal literal) {
        return switch (literal) {
            case Type.Literal.Text(String value) -> quote(value);
            case Type.Literal.Numeric(double value) -> number(value);
            case Type.Literal.Truth(boolean value) -> String.valueOf(value);
        };
    }

    private static String display(Type.Field field) {
        String name = field.name().matches("[A-Za-z_][A-Za-z0-9_]*") ? field.name() : quote(field.name());
        return name + (field.optional() ? "?: " : ": ") + display(field.type());
    }

    /// A text in double quotes with what needs it escaped, as a JSON and a Weir text read it.
    public static String quote(String text) {
        return JSON.textNode(text).toString();
    }

    /// A number as JavaScript writes it.
    public static String number(double value) {
        long whole = (long) value;
        return whole == value && Math.abs(value) < 1e15 ? String.valueOf(whole) : String.valueOf(value);
    }

    /// A value of the type, for forms to start from: required fields only with something plausible in them.
    public JsonNode example(Type type) {
        return example(type, "", DEPTH, new int[] {VALUES});
    }

    /// The same for something with a name, which often says what its value looks like.
    public JsonNode example(Type type, String name) {
        return example(type, name, DEPTH, new int[] {VALUES});
    }

    /// The example that a call of something with these parameters starts from: one field for each.
    public ObjectNode example(List<Parameter> parameters) {
        var object = JSON.objectNode();
        for (var parameter : parameters) {
            if (!parameter.optional()) {
                object.set(parameter.name(), example(parameter.type(), parameter.name()));
            }
        }
        return object;
    }

    private JsonNode example(Type type, String name, int depth, int[] left) {
        if (depth == 0 || left[0]-- <= 0) {
            return JSON.nullNode();
        }
        return switch (type) {
            case Type.Basic basic -> example(basic, name);
            case Type.Literal literal -> constant(literal);
            case Type.ListOf(Type item) -> JSON.arrayNode().add(example(item, "", depth - 1, left));
            case Type.RecordOf(List<Type.Field> fields) -> {
                var object = JSON.objectNode();
                for (var field : fields) {
                    if (!field.optional()) {
                        object.set(field.name(), example(field.type(), field.name(), depth - 1, left));
                    }
                }
                yield object;
            }
            case Type.MapOf(Type value) -> JSON.objectNode().set("name", example(value, "", depth - 1, left));
            case Type.Union(List<Type> members) -> example(members.getFirst(), name, depth, left);
            case Type.Named named -> {
                Type meant = declared.get(named.name());
                yield meant == null ? JSON.nullNode() : example(meant, name, depth - 1, left);
            }
        };
    }

    private static JsonNode example(Type.Basic type, String name) {
        return switch (type) {
            case STRING, FILE, SECRET, AUTH -> JSON.textNode(text(name));
            case NUMBER -> JSON.numberNode(1.5);
            case INT -> JSON.numberNode(1);
            case BOOLEAN -> JSON.booleanNode(true);
            case DATETIME -> JSON.textNode("2026-01-01T09:00:00.000Z");
            case DURATION -> JSON.numberNode(60_000);
            case JSON -> JSON.objectNode();
            case NULL, UNDEFINED, NEVER, UNKNOWN -> JSON.nullNode();
        };
    }

    /// A text that looks like what the field is called after.
    private static String text(String name) {
        if (name.contains("email")) {
            return "someone@example.com";
        } else if (name.contains("url")) {
            return "https://example.com";
        }
        return name.isEmpty() ? "text" : name;
    }

    private static JsonNode constant(Type.Literal literal) {
        return switch (literal) {
            case Type.Literal.Text(String value) -> JSON.textNode(value);
            case Type.Literal.Numeric(double value) when value == (long) value -> JSON.numberNode((long) value);
            case Type.Literal.Numeric(double value) -> JSON.numberNode(value);
            case Type.Literal.Truth(boolean value) -> JSON.booleanNode(value);
        };
    }

    /// The type as a JSON Schema (2020-12); named types are references to `#/components/schemas/NAME`, as in
    /// OpenAPI.
    public static ObjectNode schema(Type type) {
        return switch (type) {
            case Type.Basic basic -> schema(basic);
            case Type.Literal literal -> JSON.objectNode().set("const", constant(literal));
            case Type.ListOf(Type item) ->
                JSON.objectNode().put("type", "array").set("items", schema(item));
            case Type.RecordOf(List<Type.Field> fields) -> record(fields);
            case Type.MapOf(Type value) ->
                JSON.objectNode().put("type", "object").set("additionalProperties", schema(value));
            case Type.Union(List<Type> members) -> union(members);
            case Type.Named(String name) -> JSON.objectNode().put("$ref", "#/components/schemas/" + name);
        };
    }

    /// The parameters as the schema of one object.
    public static ObjectNode schema(List<Parameter> parameters) {
        return record(parameters.stream()
                .map(parameter ->
                        new Type.Field(parameter.name(), parameter.type(), parameter.optional(), parameter.doc()))
                .toList());
    }

    private static ObjectNode union(List<Type> members) {
        var object = JSON.objectNode();
        if (members.stream().allMatch(Type.Literal.class::isInstance)) {
            var values = object.putArray("enum");
            members.forEach(member -> values.add(constant((Type.Literal) member)));
            return object;
        }
        var any = object.putArray("anyOf");
        members.forEach(member -> any.add(schema(member)));
        return object;
    }

    private static ObjectNode record(List<Type.Field> fields) {
        var object = JSON.objectNode().put("type", "object");
        var properties = object.putObject("properties");
        var required = JSON.arrayNode();
        for (var field : fields) {
            var property = schema(field.type());
            if (!field.doc().isEmpty()) {
                property.put("description", field.doc());
            }
            properties.set(field.name(), property);
            if (!field.optional()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            object.set("required", required);
        }
        return object;
    }

    private static ObjectNode schema(Type.Basic type) {
        var object = JSON.objectNode();
        return switch (type) {
            case STRING, FILE, SECRET, AUTH -> object.put("type", "string");
            case NUMBER -> object.put("type", "number");
            case INT -> object.put("type", "integer");
            case BOOLEAN -> object.put("type", "boolean");
            case DATETIME -> object.put("type", "string").put("format", "date-time");
            case DURATION -> object.put("type", "number").put("description", "milliseconds");
            case NULL, UNDEFINED -> object.put("type", "null");
            case JSON, UNKNOWN -> object;
            case NEVER -> object.set("not", JSON.objectNode());
        };
    }
}
