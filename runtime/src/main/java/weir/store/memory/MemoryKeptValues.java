package weir.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.store.KeptValues;
import weir.value.NumberValue;
import weir.value.Value;

/// Kept as long as this process lives.
public final class MemoryKeptValues implements KeptValues {
    private final InstantSource clock;
    private final Map<Key, Held> values = new HashMap<>();
    private final Map<Step, Double> sums = new HashMap<>();

    private record Key(int org, String key) {}

    private record Step(Key key, String step) {}

    private record Held(Value value, @Nullable Instant until) {}

    public MemoryKeptValues(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Value> get(int org, String key) {
        return Optional.ofNullable(held(new Key(org, key))).map(Held::value);
    }

    private @Nullable Held held(Key key) {
        var held = values.get(key);
        if (held != null && held.until() != null && !clock.instant().isBefore(held.until())) {
            values.remove(key);
            return null;
        }
        return held;
    }

    @Override
    public synchronized void set(int org, String key, Value value, @Nullable Duration lasts) {
        values.put(new Key(org, key), new Held(value, until(lasts)));
    }

    private @Nullable Instant until(@Nullable Duration lasts) {
        return lasts == null ? null : clock.instant().plus(lasts);
    }

    @Override
    public synchronized void delete(int org, String key) {
        values.remove(new Key(org, key));
    }

    @Override
    public synchronized Optional<Double> add(int org, String key, double by, @Nullable Duration lasts, String step) {
        var place = new Key(org, key);
        var before = sums.get(new Step(place, step));
        if (before != null) {
            return Optional.of(before);
        }
        var held = held(place);
        if (held != null && !(held.value() instanceof NumberValue)) {
            return Optional.empty();
        }
        double sum = by + (held != null && held.value() instanceof NumberValue(double there) ? there : 0);
        values.put(place, new Held(new NumberValue(sum), lasts == null && held != null ? held.until() : until(lasts)));
        sums.put(new Step(place, step), sum);
        return Optional.of(sum);
    }
}
