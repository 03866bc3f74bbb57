package weir.worker;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;
import weir.value.Value;

/// Performs the actions of one integration. Called on a virtual thread that may block and is interrupted when the
/// attempt is abandoned or its time is over. Shared between threads.
public interface Handler {
    /// @return the action's result, of the declared type
    /// @throws StepFailure when the action failed
    /// @throws InterruptedException when the attempt is abandoned
    Value perform(Call call) throws StepFailure, InterruptedException;

    /// @param action its name without the integration's
    /// @param arguments may hold [weir.value.SecretValue]s; `secrets` gives their texts, which must not leave the
    /// request
    /// @param key the idempotency key to send along where the other side takes one
    /// @param timeout what is left for this attempt, or null
    record Call(
            UUID run,
            String path,
            String action,
            RecordValue arguments,
            String key,
            int attempt,
            @Nullable Duration timeout,
            @Nullable String connection,
            Secrets secrets) {}

    /// Gives secrets their values.
    interface Secrets {
        /// @throws StepFailure code `unknown_secret` when there is none of that name
        String reveal(String name) throws StepFailure;
    }
}
