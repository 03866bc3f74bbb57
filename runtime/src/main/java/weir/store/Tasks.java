package weir.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.value.Value;

/// What people are asked.
public interface Tasks {
    enum State {
        OPEN,
        ANSWERED,
        /// The answer does not matter any more.
        WITHDRAWN
    }

    /// @param path of the `ask` in the run
    /// @param role whose members are asked, or null
    /// @param person who is asked, or null
    /// @param until when the question is given up, or null
    /// @param answer null while there is none
    record Task(
            UUID id,
            UUID run,
            String path,
            String question,
            @Nullable String role,
            @Nullable String person,
            Instant askedAt,
            @Nullable Instant until,
            State state,
            @Nullable Value answer) {}

    /// Which tasks are wanted; null: all.
    ///
    /// @param before only tasks older than this one (a cursor), or null
    record Query(
            int org,
            @Nullable State state,
            @Nullable String role,
            @Nullable String person,
            @Nullable UUID run,
            @Nullable UUID before,
            int limit) {}

    /// Once a task.
    void ask(int org, UUID run, Effect.Ask ask);

    void withdraw(UUID task);

    /// Newest first.
    List<Task> list(Query query);

    Optional<Task> find(int org, UUID task);

    /// Answers a task and tells its run, both or neither.
    ///
    /// @param answer held against its type
    /// @return false when it is not open any more
    boolean answer(int org, Task task, Value answer);
}
