package weir.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.model.Type;

/// What is known beyond declared types about names and paths from them, because a test was passed. Names never
/// change, so what is known once stays true. Immutable: the maps are made here and never changed afterwards.
record Facts(Map<Ref, Type> known) {
    static final Facts NONE = new Facts(Map.of());

    /// A name and a path of fields from it, such as `order` `.customer.tier`.
    record Ref(Symbol root, String path) {}

    @Nullable
    Type about(@Nullable Ref ref) {
        return ref == null ? null : known.get(ref);
    }

    Facts with(@Nullable Ref ref, Type type) {
        return ref == null ? this : and(new Facts(Map.of(ref, type)));
    }

    /// Both hold; what the other says is newer and was derived with this known.
    Facts and(Facts other) {
        if (other.known.isEmpty() || known.isEmpty()) {
            return known.isEmpty() ? other : this;
        }
        var all = new HashMap<>(known);
        all.putAll(other.known);
        return new Facts(all);
    }

    /// One of them holds, and it is not known which.
    static Facts either(List<Facts> alternatives) {
        if (alternatives.size() < 2) {
            return alternatives.isEmpty() ? NONE : alternatives.getFirst();
        }
        var all = new HashMap<>(alternatives.getFirst().known);
        for (Facts other : alternatives.subList(1, alternatives.size())) {
            all.keySet().retainAll(other.known.keySet());
            all.replaceAll((ref, type) -> Types.union(type, other.known.getOrDefault(ref, type)));
        }
        return new Facts(all);
    }
}
