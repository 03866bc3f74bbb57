package weir.integrations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// A JSON Schema as model servers want it in their strict form, where every field is required and there are no others:
/// what may be left out may be null, and is left out again of the answer.
final class AnswerSchema {
    private static final String WRAPPED = "answer";

    private final RecordValue schema;
    private final boolean wrapped;

    AnswerSchema(RecordValue schema) {
        this.schema = schema;
        this.wrapped = !Value.of("object").equals(schema.get("type")) || !schema.has("properties");
    }

    /// What a request says about its answer.
    RecordValue format() {
        boolean strict = isClosed(schema);
        Value wanted = strict ? strict(schema) : schema;
        return RecordValue.builder()
                .put("type", Value.of("json_schema"))
                .put(
                        "json_schema",
                        RecordValue.builder()
                                .put("name", Value.of("answer"))
                                .put("strict", BooleanValue.of(strict))
                                .put("schema", wrapped ? wrap(wanted) : wanted)
                                .build())
                .build();
    }

    /// Models answer with objects only.
    private static RecordValue wrap(Value inner) {
        return RecordValue.builder()
                .put("type", Value.of("object"))
                .put("properties", RecordValue.of(WRAPPED, inner))
                .put("required", ListValue.of(Value.of(WRAPPED)))
                .put("additionalProperties", BooleanValue.FALSE)
                .build();
    }

    /// Whether it says everything: no "any names" and no "anything", which the strict form does not have.
    private static boolean isClosed(Value schema) {
        if (!(schema instanceof RecordValue record)) {
            return true;
        }
        if (record.size() == 0 || record.get("additionalProperties") instanceof RecordValue) {
            return false;
        }
        boolean closed = !record.has("items") || isClosed(get(record, "items"));
        for (Value one : fields(record)) {
            closed &= isClosed(one);
        }
        for (Value one : list(record, "anyOf")) {
            closed &= isClosed(one);
        }
        return closed;
    }

    private static Value strict(Value schema) {
        if (!(schema instanceof RecordValue record)) {
            return schema;
        }
        var result = RecordValue.builder();
        record.forEach((name, value) -> {
            switch (name) {
                case "properties" -> result.put(name, properties(record));
                case "items" -> result.put(name, strict(value));
                case "anyOf" ->
                    result.put(
                            name,
                            ListValue.of(list(record, "anyOf").stream()
                                    .map(AnswerSchema::strict)
                                    .toList()));
                // Written below.
                case "required", "additionalProperties" -> {}
                default -> result.put(name, value);
            }
        });
        if (record.get("properties") instanceof RecordValue properties) {
            var names = new ArrayList<Value>();
            properties.forEach((name, value) -> names.add(Value.of(name)));
            result.put("required", ListValue.of(names)).put("additionalProperties", BooleanValue.FALSE);
        }
        return result.build();
    }

    private static RecordValue properties(RecordValue record) {
        var required = required(record);
        var result = RecordValue.builder();
        ((RecordValue) get(record, "properties")).forEach((name, value) -> {
            Value inner = strict(value);
            result.put(
                    name,
                    required.contains(name)
                            ? inner
                            : RecordValue.of("anyOf", ListValue.of(inner, RecordValue.of("type", Value.of("null")))));
        });
        return result.build();
    }

    // ---- the answer

    Value answer(Value given) {
        Value inner = wrapped && given instanceof RecordValue record ? get(record, WRAPPED) : given;
        return without(inner, schema);
    }

    /// Without the nulls that stand for what was left out.
    private static Value without(Value value, Value schema) {
        if (!(schema instanceof RecordValue record)) {
            return value;
        }
        if (value instanceof ListValue list && record.has("items")) {
            return ListValue.of(list.asList().stream()
                    .map(item -> without(item, get(record, "items")))
                    .toList());
        }
        if (value instanceof RecordValue fields && record.get("properties") instanceof RecordValue properties) {
            var required = required(record);
            var result = RecordValue.builder();
            fields.forEach((name, field) -> {
                if (field != NullValue.NULL || required.contains(name)) {
                    result.put(name, without(field, get(properties, name)));
                }
            });
            return result.build();
        }
        for (Value one : list(record, "anyOf")) {
            value = without(value, one);
        }
        return value;
    }

    // ---- reading

    private static Value get(RecordValue record, String name) {
        var value = record.get(name);
        return value == null ? NullValue.NULL : value;
    }

    private static List<Value> list(RecordValue record, String name) {
        return record.get(name) instanceof ListValue list ? list.asList() : List.of();
    }

    private static List<Value> fields(RecordValue record) {
        var fields = new ArrayList<Value>();
        if (record.get("properties") instanceof RecordValue properties) {
            properties.forEach((name, value) -> fields.add(value));
        }
        return fields;
    }

    private static Set<String> required(RecordValue record) {
        var names = new HashSet<String>();
        for (Value one : list(record, "required")) {
            if (one instanceof StringValue(String name)) {
                names.add(name);
            }
        }
        return Set.copyOf(names);
    }
}
