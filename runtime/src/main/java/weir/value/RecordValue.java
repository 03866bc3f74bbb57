package weir.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A record: names and values in ECMAScript's order of properties (array-index-like names first, ascending, then the
/// order of insertion).
public final class RecordValue implements Value {
    public static final RecordValue EMPTY = builder().build();

    private final String[] names;
    private final Value[] values;
    private final @Nullable Map<String, Integer> index;

    private RecordValue(String[] names, Value[] values) {
        this.names = names;
        this.values = values;
        this.index = names.length > 8 ? index(names) : null;
    }

    private static Map<String, Integer> index(String[] names) {
        var map = new HashMap<String, Integer>(names.length * 2);
        for (int i = 0; i < names.length; i++) {
            map.put(names[i], i);
        }
        return map;
    }

    public static Builder builder() {
        return new Builder();
    }

    /// A record of one to a few fields, for code.
    public static RecordValue of(String name, Value value) {
        return builder().put(name, value).build();
    }

    public int size() {
        return names.length;
    }

    public String nameAt(int i) {
        return names[i];
    }

    public Value valueAt(int i) {
        return values[i];
    }

    /// The value of that name, or null when there is none (which is not the same as [UndefinedValue]).
    public @Nullable Value get(String name) {
        int i = indexOf(name);
        return i < 0 ? null : values[i];
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    private int indexOf(String name) {
        if (index != null) {
            return index.getOrDefault(name, -1);
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public void forEach(BiConsumer<String, Value> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    /// The same with a field set.
    public RecordValue with(String name, Value value) {
        var builder = builder();
        forEach(builder::put);
        return builder.put(name, value).build();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof RecordValue record) || record.size() != size()) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!values[i].equals(record.get(names[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < names.length; i++) {
            hash += names[i].hashCode() ^ values[i].hashCode();
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

    /// Collects fields; a name put again keeps its place and takes the new value.
    public static final class Builder {
        private final java.util.LinkedHashMap<String, Value> fields = new java.util.LinkedHashMap<>();

        public Builder put(String name, Value value) {
            fields.put(name, value);
            return this;
        }

        public RecordValue build() {
            var names = fields.keySet().toArray(String[]::new);
            if (Arrays.stream(names).anyMatch(Builder::isIndex)) {
                names = java.util.stream.Stream.concat(
                                Arrays.stream(names)
                                        .filter(Builder::isIndex)
                                        .sorted((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b))),
                                Arrays.stream(names).filter(name -> !isIndex(name)))
                        .toArray(String[]::new);
            }
            var values = new Value[names.length];
            for (int i = 0; i < names.length; i++) {
                values[i] = java.util.Objects.requireNonNull(fields.get(names[i]));
            }
            return new RecordValue(names, values);
        }

        private static boolean isIndex(String name) {
            if (name.isEmpty() || name.length() > 10 || (name.charAt(0) == '0' && name.length() > 1)) {
                return false;
            }
            for (int i = 0; i < name.length(); i++) {
                if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                    return false;
                }
            }
            return Long.parseLong(name) < 4294967295L;
        }
    }
}
