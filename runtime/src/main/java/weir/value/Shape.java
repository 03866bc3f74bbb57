package weir.value;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The names of a record and their slots, shared by all records that were made in the same order ("hidden class").
/// Documents that look alike share their tables of names, and a member access that has seen a shape once knows the
/// slot.
///
/// Shapes form a tree: each leads to those with one name more. Names come from users, so the tree must not grow for
/// ever: when it holds [#MAX_SHAPES] shapes a new tree begins, and the old one lives as long as its records do. Records
/// with many names or with names that look like array indexes get a shape of their own.
public final class Shape {
    /// Records with more names than this have their own shape.
    static final int MAX_SHARED_NAMES = 64;

    private static final int MAX_SHAPES = 20_000;
    private static final int LINEAR_SEARCH = 8;
    private static final AtomicInteger count = new AtomicInteger();
    private static volatile Shape root = new Shape(new String[0], true);

    private final String[] names;
    private final boolean shared;
    private volatile @Nullable Step last;
    private volatile @Nullable ConcurrentHashMap<String, Shape> more;
    private volatile int @Nullable [] table;
    /// Filled by whoever needs it first; who comes second at worst does it again.
    private @Nullable String @Nullable [] quoted;

    private record Step(String name, Shape to) {}

    private Shape(String[] names, boolean shared) {
        this.names = names;
        this.shared = shared;
    }

    /// The shape without names, from which the others are reached.
    static Shape root() {
        if (count.get() > MAX_SHAPES) {
            count.set(0);
            root = new Shape(new String[0], true);
        }
        return root;
    }

    /// A shape that is not shared. The names must differ and be in ECMAScript's order; the array is taken over.
    static Shape alone(String[] names) {
        return new Shape(names, false);
    }

    /// The shape with these names, or null when that cannot be said beforehand: when names come twice, or would be
    /// sorted before others.
    public static @Nullable Shape of(List<String> names) {
        var shape = root();
        for (var name : names) {
            var longer = isIndex(name) || shape.size() == MAX_SHARED_NAMES ? null : shape.plus(name);
            if (longer == null) {
                return null;
            }
            shape = longer;
        }
        return shape;
    }

    /// Whether other records can have it.
    boolean isShared() {
        return shared;
    }

    public int size() {
        return names.length;
    }

    public String name(int slot) {
        return names[slot];
    }

    /// The name as JSON has it, in quotes.
    String quoted(int slot) {
        var all = quoted;
        if (all == null) {
            all = new @Nullable String[names.length];
            quoted = all;
        }
        var text = all[slot];
        if (text == null) {
            var out = new StringBuilder(names[slot].length() + 2);
            JsonWriter.quote(out, names[slot]);
            text = out.toString();
            all[slot] = text;
        }
        return text;
    }

    /// The slot of a name, or -1.
    public int find(String name) {
        if (names.length > LINEAR_SEARCH) {
            return findInTable(name);
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /// The shape with this name at its end, or null if it has the name already.
    @Nullable
    Shape plus(String name) {
        var step = last;
        if (step != null && step.name.equals(name)) {
            return step.to;
        }
        var others = more;
        var known = others == null ? null : others.get(name);
        if (known != null) {
            last = new Step(name, known);
            return known;
        }
        return find(name) >= 0 ? null : grow(name);
    }

    private synchronized Shape grow(String name) {
        var others = more;
        if (others == null) {
            others = new ConcurrentHashMap<>(4);
            more = others;
        }
        var to = others.computeIfAbsent(name, this::child);
        last = new Step(name, to);
        return to;
    }

    private Shape child(String name) {
        count.incrementAndGet();
        var longer = Arrays.copyOf(names, names.length + 1);
        longer[names.length] = name;
        return new Shape(longer, true);
    }

    /// Open addressing; a cell holds a slot plus one, so that zero is free.
    private int findInTable(String name) {
        var cells = table;
        if (cells == null) {
            cells = index();
        }
        for (int i = spread(name) & (cells.length - 1); cells[i] != 0; i = (i + 1) & (cells.length - 1)) {
            if (names[cells[i] - 1].equals(name)) {
                return cells[i] - 1;
            }
        }
        return -1;
    }

    private int[] index() {
        var cells = new int[Integer.highestOneBit(names.length) * 4];
        for (int slot = 0; slot < names.length; slot++) {
            int i = spread(names[slot]) & (cells.length - 1);
            while (cells[i] != 0) {
                i = (i + 1) & (cells.length - 1);
            }
            cells[i] = slot + 1;
        }
        table = cells;
        return cells;
    }

    private static int spread(String name) {
        int hash = name.hashCode();
        return hash ^ (hash >>> 16);
    }

    /// Whether ECMAScript sorts a property of this name before all others: 0, 1, 2 … without leading zeros.
    static boolean isIndex(String name) {
        int length = name.length();
        if (length == 0 || length > 10 || (name.charAt(0) == '0' && length > 1)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return Long.parseLong(name) < 4294967295L;
    }

    @Override
    public String toString() {
        return Arrays.toString(names);
    }
}
