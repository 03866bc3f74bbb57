package weir.eval;

import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// The values of a [Scope]'s names while a run is under way. A slot is empty until its name has a value.
public final class Frame {
    private final @Nullable Frame parent;
    private final @Nullable Value[] values;

    public Frame(@Nullable Frame parent, int size) {
        this.parent = parent;
        this.values = new @Nullable Value[size];
    }

    public @Nullable Value get(int slot) {
        return values[slot];
    }

    public void set(int slot, Value value) {
        values[slot] = value;
    }

    public @Nullable Frame parent() {
        return parent;
    }
}
