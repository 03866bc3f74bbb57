package weir.graph;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import weir.source.Span;

/// Makes arbitrary values of records and sealed interfaces, for tests that must hold for all of them.
final class RandomRecords {
    private static final List<String> WORDS =
            List.of("", "a", "order", "x-y", "\"quoted\"", "ünïcödé \uD83D\uDE00", "line\nbreak", "'T");
    private static final double[] NUMBERS = {0, -0.0, 1, -1, 0.1, 1e21, 1e-9, 9007199254740993.0, Double.MAX_VALUE};

    private final RandomGenerator random;

    RandomRecords(RandomGenerator random) {
        this.random = random;
    }

    Object make(Type type, int depth) {
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (raw == String.class) {
            return WORDS.get(random.nextInt(WORDS.size()));
        } else if (raw == boolean.class) {
            return random.nextBoolean();
        } else if (raw == int.class || raw == Integer.class) {
            return random.nextInt(1000);
        } else if (raw == long.class) {
            return random.nextLong(1L << 53);
        } else if (raw == double.class) {
            return NUMBERS[random.nextInt(NUMBERS.length)];
        } else if (raw == Span.class) {
            int start = random.nextInt(100);
            return new Span(start, start + random.nextInt(100));
        } else if (raw == List.class) {
            return list(((ParameterizedType) type).getActualTypeArguments()[0], depth);
        } else if (raw == java.util.Map.class) {
            var map = new TreeMap<String, Object>();
            map.put("Name", make(((ParameterizedType) type).getActualTypeArguments()[1], depth - 1));
            return map;
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        } else if (raw.isSealed()) {
            var members = leaves(raw);
            return make(members.get(random.nextInt(members.size())), depth);
        }
        return record(raw, depth);
    }

    private List<Object> list(Type item, int depth) {
        var list = new ArrayList<>();
        int size = depth <= 0 ? 0 : random.nextInt(3);
        for (int i = 0; i < size; i++) {
            list.add(make(item, depth - 1));
        }
        return list;
    }

    private Object record(Class<?> type, int depth) {
        var components = type.getRecordComponents();
        var values = new Object[components.length];
        var types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean nullable = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean absent = nullable && (depth <= 0 || random.nextBoolean());
            values[i] = absent ? null : make(components[i].getGenericType(), depth - 1);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException problem) {
            throw new AssertionError(type + " cannot be made", problem);
        }
    }

    private List<Class<?>> members(Class<?> sealed) {
        var members = new ArrayList<Class<?>>();
        for (Class<?> member : sealed.getPermittedSubclasses()) {
            if (member.isInterface()) {
                members.addAll(members(member));
            } else {
                members.add(member);
            }
        }
        return members;
    }

    private int depthOf(Class<?> type) {
        return type.isEnum() ? 0 : type.getRecordComponents().length;
    }

    /// Often only the simplest, so that making ends.
    private List<Class<?>> leaves(Class<?> sealed) {
        var members = members(sealed);
        if (random.nextInt(3) == 0) {
            members.sort(java.util.Comparator.comparingInt(this::depthOf));
            return members.subList(0, Math.max(1, members.size() / 3));
        }
        return members;
    }
}
