package weir.worker;

import java.time.Duration;
import java.util.List;

/// A part of a worker that acts when it is told something, or when the time has come that it asked for. It is never
/// called twice at once.
public interface Actor<T> {
    /// It goes on stage, where it is told things by `self`; called before it acts and before anybody else knows it.
    default void enter(Stage.Role<T> self) {}

    /// @param news what it was told since it acted last, in order; empty the first time, and when its time has come
    /// @return what it waits for now
    Next act(List<T> news) throws InterruptedException;

    /// What an actor waits for.
    sealed interface Next {
        /// For news, however long.
        record News() implements Next {}

        /// For news, or until so much time has passed.
        record Within(Duration time) implements Next {}

        /// For nothing: it is never called again.
        record Over() implements Next {}
    }
}
