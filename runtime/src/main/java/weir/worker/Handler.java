package weir.worker;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Plan;
import weir.value.RecordValue;
import weir.value.Value;

/// Performs the actions of one integration. Called on a virtual thread that may block and is interrupted when the
/// attempt is abandoned or its time is over. Shared between threads.
public interface Handler {
    /// Under this name stands the handler of all `integration` blocks; nothing else can have it.
    String DECLARED = "integration";

    /// @return the action's result, of the declared type
    /// @throws StepFailure when the action failed
    /// @throws InterruptedException when the attempt is abandoned
    Value perform(Call call) throws StepFailure, InterruptedException;

    /// @param org whose run it is: connections and what is kept between runs belong to an organisation
    /// @param plan what runs, with the `integration` blocks of its text
    /// @param integration the name of the integration that the action belongs to
    /// @param action its name without the integration's
    /// @param arguments may hold [weir.value.SecretValue]s; `secrets` gives their texts, which must not leave the
    /// request
    /// @param key the idempotency key to send along where the other side takes one
    /// @param timeout what is left for this attempt, or null
    /// @param connection the name that `using` gives, or null: the integration's
    record Call(
            UUID run,
            int org,
            Plan plan,
            String path,
            String integration,
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
