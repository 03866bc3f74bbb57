package weir.check;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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

    private final Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());

    private Pieces() {}

    static Collection<Object> of(Object tree) {
        var pieces = new Pieces();
        pieces.add(tree);
        return pieces.all;
    }

    private void add(Object piece) {
        if (piece instanceof List<?> list) {
            list.forEach(this::add);
        } else if (piece instanceof Record
                && !(piece instanceof Span)
                && !(piece instanceof Source)
                && all.add(piece)) {
            for (var component : COMPONENTS.get(piece.getClass())) {
                try {
                    Object part = component.getAccessor().invoke(piece);
                    if (part != null) {
                        add(part);
                    }
                } catch (ReflectiveOperationException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
    }
}
