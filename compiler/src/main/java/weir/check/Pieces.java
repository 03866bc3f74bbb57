package weir.check;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.source.Source;
import weir.source.Span;

/// Every record that a tree is made of, by identity. Pieces do not know their file; this is how to tell whose they are.
final class Pieces {
    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            var components = type.getRecordComponents();
            for (var component : components) {
                component.getAccessor().setAccessible(true);
            }
            return components;
        }
    };

    private static final ClassValue<Optional<Method>> SPANS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return Arrays.stream(COMPONENTS.get(type))
                    .filter(component -> component.getName().equals("span"))
                    .map(RecordComponent::getAccessor)
                    .findFirst();
        }
    };

    private final Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Object> inOrder = new ArrayList<>();

    private Pieces() {}

    static Pieces of(Object tree) {
        var pieces = new Pieces();
        pieces.add(tree);
        return pieces;
    }

    boolean contains(Object piece) {
        return all.contains(piece);
    }

    /// What holds others before what it holds.
    List<Object> inOrder() {
        return Collections.unmodifiableList(inOrder);
    }

    /// Where a piece stands, null for what has no place of its own.
    static @Nullable Span span(Object piece) {
        var accessor = SPANS.get(piece.getClass());
        return accessor.isPresent() && invoke(accessor.get(), piece) instanceof Span span ? span : null;
    }

    private static @Nullable Object invoke(Method accessor, Object piece) {
        try {
            return accessor.invoke(piece);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void add(Object piece) {
        if (piece instanceof List<?> list) {
            list.forEach(this::add);
        } else if (piece instanceof Record
                && !(piece instanceof Span)
                && !(piece instanceof Source)
                && all.add(piece)) {
            inOrder.add(piece);
            for (var component : COMPONENTS.get(piece.getClass())) {
                Object part = invoke(component.getAccessor(), piece);
                if (part != null) {
                    add(part);
                }
            }
        }
    }
}
