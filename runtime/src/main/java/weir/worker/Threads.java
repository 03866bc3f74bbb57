package weir.worker;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Real life: an actor has a thread and a mailbox.
public final class Threads implements Stage {
    private static final Logger LOG = Logger.getLogger(Threads.class.getName());
    private static final Duration AFTER_A_MISTAKE = Duration.ofMillis(500);

    /// The most that an actor is told at once.
    private static final int BATCH = 512;

    private final SecureRandom random = new SecureRandom();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("weir-timer").daemon().factory());

    @Override
    public <T> Role<T> enter(String name, Weight weight, Actor<T> actor) {
        var mailbox = new Mailbox<>(name, actor);
        actor.enter(mailbox);
        mailbox.thread = switch (weight) {
            case HEAVY -> Thread.ofPlatform().name(name).daemon().start(mailbox);
            case LIGHT -> Thread.ofVirtual().name(name).start(mailbox);
        };
        return mailbox;
    }

    private static final class Mailbox<T> implements Role<T>, Runnable {
        private final String name;
        private final Actor<T> actor;
        private final LinkedBlockingQueue<T> letters = new LinkedBlockingQueue<>();
        private volatile boolean closed;
        private volatile @Nullable Thread thread;

        Mailbox(String name, Actor<T> actor) {
            this.name = name;
            this.actor = actor;
        }

        @Override
        public void tell(T news) {
            letters.add(news);
        }

        @Override
        public void run() {
            var news = new ArrayList<T>();
            try {
                while (!closed && await(act(news), news)) {
                    letters.drainTo(news, BATCH - news.size());
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        private Actor.Next act(ArrayList<T> news) throws InterruptedException {
            try {
                return actor.act(Collections.unmodifiableList(news));
            } catch (RuntimeException mistake) {
                LOG.log(Level.WARNING, mistake, () -> name + " failed; it goes on with what comes next");
                return new Actor.Next.Within(AFTER_A_MISTAKE);
            } finally {
                news.clear();
            }
        }

        /// @return false when it is over
        private boolean await(Actor.Next next, ArrayList<T> news) throws InterruptedException {
            @Nullable
            T first = switch (next) {
                case Actor.Next.News() -> letters.take();
                case Actor.Next.Within(var time) -> letters.poll(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
                case Actor.Next.Over() -> null;
            };
            if (first != null) {
                news.add(first);
            }
            return !(next instanceof Actor.Next.Over);
        }

        @Override
        public void close() {
            closed = true;
            var running = thread;
            if (running != null) {
                running.interrupt();
            }
        }
    }

    @Override
    public <T> Work perform(Supplier<T> work, Consumer<T> then, @Nullable Duration time, Runnable late) {
        var alarm = time == null ? null : timer.schedule(late, time.toNanos(), TimeUnit.NANOSECONDS);
        var thread = Thread.ofVirtual().start(() -> {
            var result = work.get();
            if (alarm != null) {
                alarm.cancel(false);
            }
            then.accept(result);
        });
        return thread::interrupt;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
