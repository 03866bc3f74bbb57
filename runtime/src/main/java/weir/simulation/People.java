package weir.simulation;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.value.RecordValue;

/// Who answers the questions of local runs.
public interface People {
    /// Nobody does.
    People NOBODY = new People() {
        @Override
        public boolean ask(Question question, Consumer<RecordValue> answer) {
            return false;
        }

        @Override
        public void withdraw(UUID task) {}
    };

    /// @param step the name of the `ask`, or null
    /// @param who `{ role }` or `{ person }`
    /// @param answer what an answer must fit
    /// @param until when it is given up, or null
    record Question(
            UUID task,
            @Nullable String step,
            String text,
            RecordValue who,
            Type.RecordOf answer,
            @Nullable Instant until) {}

    /// @param answer takes the answer, once, on any thread
    /// @return whether somebody may answer it
    boolean ask(Question question, Consumer<RecordValue> answer);

    /// The answer does not matter any more.
    void withdraw(UUID task);
}
