package weir.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/// A list. As records, lists are told apart by identity where ECMAScript does so (`===`) and equal by content in Java.
public final class ListValue implements Value, Iterable<Value> {
    public static final ListValue EMPTY = new ListValue(new Value[0]);

    private final Value[] items;

    private ListValue(Value[] items) {
        this.items = items;
    }

    public static ListValue of(Value... items) {
        return new ListValue(items.clone());
    }

    public static ListValue of(Collection<? extends Value> items) {
        return new ListValue(items.toArray(Value[]::new));
    }

    /// Takes the array over; the caller must not change it afterwards. Always a new list: `===` tells two empty
    /// lists of a document apart.
    public static ListValue owning(Value[] items) {
        return new ListValue(items);
    }

    public int size() {
        return items.length;
    }

    /// @throws ArrayIndexOutOfBoundsException outside 0 ..< size
    public Value get(int index) {
        return items[index];
    }

    /// The same with another item there.
    public ListValue with(int index, Value value) {
        var changed = items.clone();
        changed[index] = value;
        return new ListValue(changed);
    }

    public List<Value> asList() {
        return Collections.unmodifiableList(Arrays.asList(items));
    }

    @Override
    public Iterator<Value> iterator() {
        return Arrays.asList(items).iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListValue list && Arrays.equals(items, list.items);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(items);
    }

    @Override
    public String toString() {
        return Arrays.toString(items);
    }
}
