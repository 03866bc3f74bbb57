package weir.store;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// What workflows remember between runs: values by name, for each organisation apart.
public interface KeptValues {
    /// Empty when there is none, or its time is over.
    Optional<Value> get(int org, String key);

    /// @param lasts how long it is kept, or null: until it is deleted
    void set(int org, String key, Value value, @Nullable Duration lasts);

    void delete(int org, String key);

    /// Adds to the number under a key, which begins at 0; once for each step.
    ///
    /// @param step the idempotency key: a second time it gives the first one's sum
    /// @param lasts as above, from now on; null leaves the time that is set
    /// @return the sum, or empty when there is something else than a number
    Optional<Double> add(int org, String key, double by, @Nullable Duration lasts, String step);
}
