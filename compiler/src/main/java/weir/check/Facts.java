package weir.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Type;

/// What is known beyond declared types about names and paths from them, because a test was passed. Names never
/// change, so what is known once stays true. Immutable.
record Facts(Trie<Ref, Type> known) {
    static final Facts NONE = new Facts(Trie.empty());

    /// A name and a path of fields from it, such as `order` `.customer.tier`.
    record Ref(Symbol root, String path) {}

    @Nullable
    Type about(@Nullable Ref ref) {
        return ref == null ? null : known.get(ref);
    }

    boolean isEmpty() {
        return known instanceof Trie.Empty;
    }

    Facts with(@Nullable Ref ref, Type type) {
        return ref == null ? this : new Facts(known.with(Trie.of(ref, type)));
    }

    /// Both hold; what the other says is newer and was derived with this known.
    Facts and(Facts other) {
        return other.isEmpty() ? this : isEmpty() ? other : new Facts(known.with(other.known));
    }

    /// One of them holds, and it is not known which.
    static Facts either(List<Facts> alternatives) {
        // In pairs, then pairs of pairs: so a union of many types is not written anew for each of them.
        List<Facts> left = alternatives;
        while (left.size() > 1) {
            var pairs = new ArrayList<Facts>();
            for (int i = 0; i < left.size(); i += 2) {
                pairs.add(
                        i + 1 == left.size()
                                ? left.get(i)
                                : new Facts(left.get(i).known.both(left.get(i + 1).known, Types::union)));
            }
            left = pairs;
        }
        return left.isEmpty() ? NONE : left.getFirst();
    }
}
