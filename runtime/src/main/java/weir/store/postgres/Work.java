package weir.store.postgres;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import weir.store.Journal.Accepted;
import weir.store.Journal.Append;
import weir.store.Journal.Appended;
import weir.store.Journal.Birth;
import weir.store.Journal.Disposition;
import weir.store.StoreProblem;

/// What a lane writes and whom it answers.
sealed interface Work {
    UUID run();

    List<Row> rows();

    List<Envelope> letters();

    CompletableFuture<?> answer();

    default int bytes() {
        int bytes = 0;
        for (var row : rows()) {
            bytes += row.bytes().length;
        }
        for (var letter : letters()) {
            bytes += letter.bytes().length;
        }
        return bytes;
    }

    default void fail(StoreProblem problem) {
        answer().completeExceptionally(problem);
    }

    /// A frame, ready to be stored.
    ///
    /// @param entries how many it holds
    record Row(int entries, byte[] bytes) {}

    /// A letter, ready to be stored.
    record Envelope(UUID id, byte[] bytes) {}

    /// @param wake µs since 1970
    /// @param letters what it tells others
    record Start(Birth birth, long wake, List<Row> rows, List<Envelope> letters, CompletableFuture<Accepted> answer)
            implements Work {
        @Override
        public UUID run() {
            return birth.id();
        }
    }

    /// @param wake µs since 1970, 0 when it is not released
    record Step(Append append, long wake, List<Row> rows, List<Envelope> letters, CompletableFuture<Appended> answer)
            implements Work {
        @Override
        public UUID run() {
            return append.run();
        }

        boolean ends() {
            return append.disposition() instanceof Disposition.End;
        }

        /// The head when it is written.
        int headAfter() {
            return append.head() + rows.size();
        }
    }
}
