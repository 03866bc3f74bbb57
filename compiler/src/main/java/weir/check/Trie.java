package weir.check;

import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// A map that never changes: adding gives another one, which shares nearly everything with the first. Bringing two
/// together takes time for what differs between them only, however much they have in common.
///
/// A tree over the bits of the keys' hashes, the lowest first, after C. Okasaki and A. Gill, "Fast Mergeable Integer
/// Maps" (1998).
@SuppressWarnings("ReferenceEquality") // What is the same object is not looked into: that makes it fast.
sealed interface Trie<K, V> {
    record Empty<K, V>() implements Trie<K, V> {}

    /// @param next another key of the same hash
    record Leaf<K, V>(int hash, K key, V value, @Nullable Leaf<K, V> next) implements Trie<K, V> {}

    /// @param prefix the bits below `bit`, the same in all hashes here
    /// @param bit the lowest bit in which they differ
    record Branch<K, V>(int prefix, int bit, Trie<K, V> zero, Trie<K, V> one) implements Trie<K, V> {}

    static <K, V> Trie<K, V> empty() {
        return new Empty<>();
    }

    static <K, V> Trie<K, V> of(K key, V value) {
        return new Leaf<>(key.hashCode(), key, value, null);
    }

    default @Nullable V get(K key) {
        int hash = key.hashCode();
        Trie<K, V> at = this;
        while (at instanceof Branch<K, V> branch) {
            at = (hash & branch.bit) == 0 ? branch.zero : branch.one;
        }
        var leaf = at instanceof Leaf<K, V> found && found.hash == hash ? found : null;
        while (leaf != null && !leaf.key.equals(key)) {
            leaf = leaf.next;
        }
        return leaf == null ? null : leaf.value;
    }

    /// Shows every entry, in no particular order.
    default void forEach(BiConsumer<? super K, ? super V> reader) {
        switch (this) {
            case Empty<K, V> _ -> {}
            case Leaf<K, V> leaf -> {
                for (Leaf<K, V> at = leaf; at != null; at = at.next) {
                    reader.accept(at.key, at.value);
                }
            }
            case Branch<K, V> branch -> {
                branch.zero.forEach(reader);
                branch.one.forEach(reader);
            }
        }
    }

    /// Everything that is in either; where both have a key, the other's value.
    default Trie<K, V> with(Trie<K, V> other) {
        if (this == other || other instanceof Empty) {
            return this;
        }
        return switch (this) {
            case Empty<K, V> _ -> other;
            case Leaf<K, V> leaf -> merged(leaf, leaf.hash, 0, other);
            case Branch<K, V> branch -> merged(branch, branch.prefix, branch.bit, other);
        };
    }

    /// @param bit where it branches, 0 for a leaf
    private static <K, V> Trie<K, V> merged(Trie<K, V> left, int prefix, int bit, Trie<K, V> right) {
        int otherPrefix =
                right instanceof Branch<K, V> branch ? branch.prefix : right instanceof Leaf<K, V> leaf ? leaf.hash : 0;
        int otherBit = right instanceof Branch<K, V> branch ? branch.bit : 0;
        if (bit == otherBit && prefix == otherPrefix) {
            return switch (left) {
                case Branch<K, V> a
                when right instanceof Branch<K, V> b ->
                    new Branch<>(prefix, bit, a.zero.with(b.zero), a.one.with(b.one));
                case Leaf<K, V> a when right instanceof Leaf<K, V> b -> put(a, b);
                case Trie<K, V> _ -> right;
            };
        }
        if (left instanceof Branch<K, V> a && isAbove(bit, otherBit) && isIn(otherPrefix, prefix, bit)) {
            return (otherPrefix & bit) == 0
                    ? new Branch<>(prefix, bit, a.zero.with(right), a.one)
                    : new Branch<>(prefix, bit, a.zero, a.one.with(right));
        }
        if (right instanceof Branch<K, V> b && isAbove(otherBit, bit) && isIn(prefix, otherPrefix, otherBit)) {
            return (prefix & otherBit) == 0
                    ? new Branch<>(otherPrefix, otherBit, left.with(b.zero), b.one)
                    : new Branch<>(otherPrefix, otherBit, b.zero, left.with(b.one));
        }
        int differs = Integer.lowestOneBit(prefix ^ otherPrefix);
        int common = prefix & (differs - 1);
        return (prefix & differs) == 0
                ? new Branch<>(common, differs, left, right)
                : new Branch<>(common, differs, right, left);
    }

    /// Whether something that branches at one bit may hold what branches at the other; leaves branch nowhere.
    private static boolean isAbove(int bit, int other) {
        return other == 0 || (bit != 0 && Integer.compareUnsigned(bit, other) < 0);
    }

    private static boolean isIn(int hash, int prefix, int bit) {
        return (hash & (bit - 1)) == prefix;
    }

    private static <K, V> Leaf<K, V> put(Leaf<K, V> old, Leaf<K, V> added) {
        Leaf<K, V> all = added;
        for (Leaf<K, V> at = old; at != null; at = at.next) {
            if (added.get(at.key) == null) {
                all = new Leaf<>(at.hash, at.key, at.value, all);
            }
        }
        return all;
    }

    /// The keys that are in both; where the values are not the same object, brought together.
    default Trie<K, V> both(Trie<K, V> other, BinaryOperator<V> together) {
        if (this == other) {
            return this;
        }
        return switch (this) {
            case Empty<K, V> _ -> this;
            case Leaf<K, V> leaf -> {
                Leaf<K, V> kept = null;
                for (Leaf<K, V> at = leaf; at != null; at = at.next) {
                    V value = other.get(at.key);
                    if (value != null) {
                        V both = value == at.value ? value : together.apply(at.value, value);
                        kept = new Leaf<>(at.hash, at.key, both, kept);
                    }
                }
                yield kept == null ? empty() : kept;
            }
            case Branch<K, V> branch ->
                switch (other) {
                    case Empty<K, V> _ -> other;
                    case Leaf<K, V> _ -> other.both(this, (theirs, ours) -> together.apply(ours, theirs));
                    case Branch<K, V> right -> {
                        if (branch.bit == right.bit) {
                            yield joined(
                                    branch,
                                    branch.zero.both(right.zero, together),
                                    branch.one.both(right.one, together));
                        }
                        yield isAbove(branch.bit, right.bit)
                                ? ((right.prefix & branch.bit) == 0 ? branch.zero : branch.one).both(right, together)
                                : branch.both((branch.prefix & right.bit) == 0 ? right.zero : right.one, together);
                    }
                };
        };
    }

    private static <K, V> Trie<K, V> joined(Branch<K, V> from, Trie<K, V> zero, Trie<K, V> one) {
        if (zero == from.zero && one == from.one) {
            return from;
        }
        return zero instanceof Empty
                ? one
                : one instanceof Empty ? zero : new Branch<>(from.prefix, from.bit, zero, one);
    }
}
