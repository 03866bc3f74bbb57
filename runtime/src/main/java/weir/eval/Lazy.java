package weir.eval;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is made when it is first asked for, once; when making it fails, it is tried again.
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T made;

    private Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    static <T> Lazy<T> of(Supplier<T> maker) {
        return new Lazy<>(maker);
    }

    @Override
    public T get() {
        var present = made;
        return present != null ? present : make();
    }

    private synchronized T make() {
        var present = made;
        if (present == null) {
            present = maker.get();
            made = present;
        }
        return present;
    }
}
