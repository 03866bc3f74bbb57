package weir.worker;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Where the parts of a process act, and where its time and chance come from: in life each on a thread ([Threads]), in
/// a simulation one after the other in an order that a seed gives.
public interface Stage extends AutoCloseable {
    /// An actor on the stage, as others see it.
    interface Role<T> extends AutoCloseable {
        /// Tells it something; never waits.
        void tell(T news);

        /// It acts no more. What it is doing is interrupted.
        @Override
        void close();
    }

    /// How much of the machine an actor takes: a thread of the system, or a light one of which there may be many.
    enum Weight {
        HEAVY,
        LIGHT
    }

    /// The actor acts for the first time soon after.
    <T> Role<T> enter(String name, Weight weight, Actor<T> actor);

    /// Work under way.
    interface Work {
        void interrupt();
    }

    /// Does something that waits for others, and hands on what came of it.
    ///
    /// @param time when it takes longer, `late` is called as well
    <T> Work perform(Supplier<T> work, Consumer<T> then, @Nullable Duration time, Runnable late);

    RandomGenerator random();

    @Override
    void close();
}
