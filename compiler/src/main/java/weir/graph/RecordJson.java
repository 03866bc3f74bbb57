package weir.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import weir.source.Span;

/// Records of this package and of `weir.model` as JSON and back, derived from the records themselves, so that the two
/// cannot drift. A golden file in the tests holds the format still.
///
/// A record is an object of its components in their order; null, false and what is empty are left out, so that a
/// component added later does not change what older graphs are written as. Where a component's type is a sealed
/// interface, `kind` says which record it is; enums are their words in lower case; a span is `[start, end]`.
final class RecordJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String KIND = "kind";
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };
    private static final ClassValue<Map<String, Class<?>>> KINDS = new ClassValue<>() {
        @Override
        protected Map<String, Class<?>> computeValue(Class<?> type) {
            var kinds = new TreeMap<String, Class<?>>();
            collectKinds(type, kinds);
            return kinds;
        }
    };

    private RecordJson() {}

    private record Part(String name, Type type, RecordComponent component, boolean nullable) {}

    private record Shape(Constructor<?> constructor, List<Part> parts) {
        static Shape of(Class<?> type) {
            var components = type.getRecordComponents();
            var parts = Arrays.stream(components)
                    .map(component -> new Part(
                            component.getName(),
                            component.getGenericType(),
                            component,
                            component.getAnnotatedType().isAnnotationPresent(Nullable.class)))
                    .toList();
            try {
                var constructor = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
                constructor.setAccessible(true);
                parts.forEach(part -> part.component().getAccessor().setAccessible(true));
                return new Shape(constructor, parts);
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /// @param type what the reader will ask for
    /// @param wanted which components to write, by name
    static JsonNode write(Object value, Type type, Predicate<String> wanted) {
        return switch (value) {
            case String text -> TextNode.valueOf(text);
            case Boolean truth -> BooleanNode.valueOf(truth);
            case Integer number -> IntNode.valueOf(number);
            case Long number -> LongNode.valueOf(number);
            case Double number -> number(number);
            case Enum<?> word -> TextNode.valueOf(word.name().toLowerCase(Locale.ROOT));
            case Span(int start, int end) -> JSON.arrayNode().add(start).add(end);
            case List<?> list -> {
                ArrayNode array = JSON.arrayNode();
                list.forEach(item -> array.add(write(item, argument(type, 0), wanted)));
                yield array;
            }
            case Map<?, ?> map -> {
                var object = JSON.objectNode();
                map.forEach((name, item) -> object.set(name.toString(), write(item, argument(type, 1), wanted)));
                yield object;
            }
            case Record record -> writeRecord(record, raw(type).isInterface(), wanted);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    private static JsonNode writeRecord(Record record, boolean tagged, Predicate<String> wanted) {
        var object = JSON.objectNode();
        if (tagged) {
            object.put(KIND, kind(record.getClass()));
        }
        for (Part part : SHAPES.get(record.getClass()).parts()) {
            Object value = wanted.test(part.name()) ? get(record, part) : null;
            if (value != null && !isLeftOut(value, part)) {
                object.set(part.name(), write(value, part.type(), wanted));
            }
        }
        return object;
    }

    /// What nothing would be read as too; of a nullable component being there says something.
    private static boolean isLeftOut(Object value, Part part) {
        return !part.nullable()
                && switch (value) {
                    case List<?> list -> list.isEmpty();
                    case Map<?, ?> map -> map.isEmpty();
                    case String text -> text.isEmpty();
                    case Boolean truth -> !truth;
                    default -> false;
                };
    }

    private static @Nullable Object get(Record record, Part part) {
        try {
            return part.component().getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whole numbers without a point, as JavaScript writes them; what JSON has no number for as a text.
    private static JsonNode number(double value) {
        if (!Double.isFinite(value)) {
            return TextNode.valueOf(Double.toString(value));
        }
        long whole = (long) value;
        boolean exact = Double.compare(value, (double) whole) == 0 && Math.abs(value) <= 9007199254740992.0;
        return exact ? LongNode.valueOf(whole) : DoubleNode.valueOf(value);
    }

    /// @throws GraphFormatException when the JSON does not have the type's form
    static Object read(JsonNode node, Type type) {
        Class<?> raw = raw(type);
        if (raw == String.class) {
            return text(node);
        } else if (raw == boolean.class) {
            return node.booleanValue();
        } else if (raw == int.class || raw == Integer.class) {
            return node.intValue();
        } else if (raw == long.class || raw == Long.class) {
            return node.longValue();
        } else if (raw == double.class) {
            return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
        } else if (raw == Span.class) {
            return new Span(node.path(0).intValue(), node.path(1).intValue());
        } else if (raw == List.class) {
            var list = new ArrayList<Object>();
            node.forEach(item -> list.add(read(item, argument(type, 0))));
            return list;
        } else if (raw == Map.class) {
            var map = new LinkedHashMap<String, Object>();
            node.properties().forEach(entry -> map.put(entry.getKey(), read(entry.getValue(), argument(type, 1))));
            return map;
        }
        return readMember(node, raw);
    }

    private static Object readMember(JsonNode node, Class<?> raw) {
        if (raw.isEnum()) {
            return constant(raw, text(node));
        }
        if (raw.isRecord()) {
            return readRecord(node, raw);
        }
        if (!raw.isSealed()) {
            throw new IllegalArgumentException("no JSON for " + raw);
        }
        String kind = text(node.isTextual() ? node : node.path(KIND));
        Class<?> member = KINDS.get(raw).get(kind);
        if (member == null) {
            throw new GraphFormatException("`" + kind + "` is not a kind of " + raw.getSimpleName());
        }
        return member.isEnum() ? constant(member, kind) : readRecord(node, member);
    }

    private static Object readRecord(JsonNode node, Class<?> type) {
        Shape shape = SHAPES.get(type);
        Object[] values = new Object[shape.parts().size()];
        for (int i = 0; i < values.length; i++) {
            Part part = shape.parts().get(i);
            JsonNode value = node.get(part.name());
            if (value != null) {
                values[i] = read(value, part.type());
            } else if (!part.nullable()) {
                values[i] = absent(part, type);
            }
        }
        try {
            return shape.constructor().newInstance(values);
        } catch (ReflectiveOperationException problem) {
            throw new GraphFormatException(type.getSimpleName() + " does not hold: " + problem.getCause());
        }
    }

    private static Object absent(Part part, Class<?> type) {
        Class<?> raw = raw(part.type());
        if (raw == List.class) {
            return List.of();
        } else if (raw == Map.class) {
            return Map.of();
        } else if (raw == Span.class) {
            return Span.NONE;
        } else if (raw == String.class) {
            return "";
        } else if (raw == boolean.class) {
            return false;
        }
        throw new GraphFormatException(type.getSimpleName() + " lacks `" + part.name() + "`");
    }

    private static Object constant(Class<?> type, String word) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(word)) {
                return constant;
            }
        }
        throw new GraphFormatException("`" + word + "` is not a " + type.getSimpleName());
    }

    private static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new GraphFormatException("a text is missing where there is " + node);
        }
        return node.textValue();
    }

    private static void collectKinds(Class<?> type, Map<String, Class<?>> kinds) {
        for (Class<?> member : type.getPermittedSubclasses()) {
            if (member.isInterface()) {
                collectKinds(member, kinds);
            } else if (member.isEnum()) {
                for (Object constant : member.getEnumConstants()) {
                    kinds.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), member);
                }
            } else {
                kinds.put(kind(member), member);
            }
        }
    }

    /// `WaitFor` as `wait_for`.
    private static String kind(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
