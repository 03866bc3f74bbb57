package weir.ide;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is found out when it is first asked for, by whoever asks first.
final class Once<T> {
    private final Supplier<T> source;
    private @Nullable T value;

    Once(Supplier<T> source) {
        this.source = source;
    }

    synchronized T get() {
        T known = value;
        if (known == null) {
            known = source.get();
            value = known;
        }
        return known;
    }

    synchronized boolean isKnown() {
        return value != null;
    }
}
