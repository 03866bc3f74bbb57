package weir.value;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A record: names and values in ECMAScript's order of properties (array-index-like names first, ascending, then the
/// order of insertion).
public final class RecordValue implements Value {
    public static final RecordValue EMPTY = builder().build();

    /// As many values lie in the record itself: as many as fit into what a record without any takes.
    private static final int INLINE = 7;

    private static final Value[] NONE = {};

    private final Shape shape;
    private final Value v0;
    private final Value v1;
    private final Value v2;
    private final Value v3;
    private final Value v4;
    private final Value v5;
    private final Value v6;
    private final Value[] rest;

    /// @param size how many of the values count
    private RecordValue(Shape shape, Value[] values, int size) {
        this.shape = shape;
        this.v0 = size > 0 ? values[0] : UndefinedValue.UNDEFINED;
        this.v1 = size > 1 ? values[1] : UndefinedValue.UNDEFINED;
        this.v2 = size > 2 ? values[2] : UndefinedValue.UNDEFINED;
        this.v3 = size > 3 ? values[3] : UndefinedValue.UNDEFINED;
        this.v4 = size > 4 ? values[4] : UndefinedValue.UNDEFINED;
        this.v5 = size > 5 ? values[5] : UndefinedValue.UNDEFINED;
        this.v6 = size > 6 ? values[6] : UndefinedValue.UNDEFINED;
        this.rest = size > INLINE ? Arrays.copyOfRange(values, INLINE, size) : NONE;
    }

    /// @param values one for each name of the shape
    public static RecordValue of(Shape shape, Value... values) {
        return new RecordValue(shape, values, values.length);
    }

    public static Builder builder() {
        return new Builder();
    }

    /// A record of one to a few fields, for code.
    public static RecordValue of(String name, Value value) {
        return builder().put(name, value).build();
    }

    public int size() {
        return shape.size();
    }

    /// What tells where each name's value is. Records with the same shape have the same names in the same order.
    public Shape shape() {
        return shape;
    }

    public String nameAt(int i) {
        return shape.name(i);
    }

    /// @param i from 0 to less than the size
    public Value valueAt(int i) {
        return switch (i) {
            case 0 -> v0;
            case 1 -> v1;
            case 2 -> v2;
            case 3 -> v3;
            case 4 -> v4;
            case 5 -> v5;
            case 6 -> v6;
            default -> rest[i - INLINE];
        };
    }

    private Value[] values(int room) {
        var values = new Value[size() + room];
        for (int i = 0; i < size(); i++) {
            values[i] = valueAt(i);
        }
        return values;
    }

    /// The value of that name, or null when there is none (which is not the same as [UndefinedValue]).
    public @Nullable Value get(String name) {
        int i = shape.find(name);
        return i < 0 ? null : valueAt(i);
    }

    public boolean has(String name) {
        return shape.find(name) >= 0;
    }

    public void forEach(BiConsumer<String, Value> action) {
        for (int i = 0; i < size(); i++) {
            action.accept(shape.name(i), valueAt(i));
        }
    }

    /// The same with a field set.
    public RecordValue with(String name, Value value) {
        int i = shape.find(name);
        if (i >= 0) {
            var changed = values(0);
            changed[i] = value;
            return new RecordValue(shape, changed, changed.length);
        }
        var builder = builder();
        return builder.putAll(this).put(name, value).build();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof RecordValue record) || record.size() != size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!valueAt(i).equals(record.shape == shape ? record.valueAt(i) : record.get(shape.name(i)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < size(); i++) {
            hash += shape.name(i).hashCode() ^ valueAt(i).hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("{");
        forEach((name, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(name)
                .append(": ")
                .append(value));
        return text.append('}').toString();
    }

    /// Collects fields; a name put again keeps its place and takes the new value. It can go on after [#build].
    public static final class Builder {
        private Shape shape = Shape.root();
        private Value[] values = new Value[4];
        private int size;
        /// Instead of shape and values, when there are too many names or index-like ones.
        private @Nullable Map<String, Value> fields;

        public Builder put(String name, Value value) {
            if (fields != null) {
                fields.put(name, value);
                return this;
            }
            if (size == Shape.MAX_SHARED_NAMES || Shape.isIndex(name)) {
                spill().put(name, value);
                return this;
            }
            var longer = shape.plus(name);
            if (longer == null) {
                values[shape.find(name)] = value;
                return this;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
            shape = longer;
            return this;
        }

        /// Puts all fields of a record.
        public Builder putAll(RecordValue record) {
            if (size == 0 && fields == null && record.shape.isShared()) {
                shape = record.shape;
                size = record.size();
                values = record.values(4);
            } else {
                record.forEach(this::put);
            }
            return this;
        }

        /// Whether that name was put.
        public boolean has(String name) {
            return fields != null ? fields.containsKey(name) : shape.find(name) >= 0;
        }

        private Map<String, Value> spill() {
            var spilled = new LinkedHashMap<String, Value>();
            for (int i = 0; i < size; i++) {
                spilled.put(shape.name(i), values[i]);
            }
            fields = spilled;
            return spilled;
        }

        public RecordValue build() {
            return fields == null ? new RecordValue(shape, values, size) : sorted(fields);
        }

        private static RecordValue sorted(Map<String, Value> fields) {
            var indexes = fields.keySet().stream()
                    .filter(Shape::isIndex)
                    .sorted((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
            var others = fields.keySet().stream().filter(name -> !Shape.isIndex(name));
            var names = Stream.concat(indexes, others).toArray(String[]::new);
            var values = new Value[names.length];
            for (int i = 0; i < names.length; i++) {
                values[i] = Objects.requireNonNull(fields.get(names[i]));
            }
            return new RecordValue(Shape.alone(names), values, values.length);
        }
    }
}
