package weir.simulation.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import weir.worker.Actor;
import weir.worker.Stage;

/// A process of the cluster: its parts act by turns, until it is killed. While it is paused (SIGSTOP) time passes
/// without it; afterwards it goes on and knows nothing of that.
final class Process implements Stage, InstantSource {
    private static final Duration AFTER_A_MISTAKE = Duration.ofMillis(500);

    private final String name;
    private final VirtualTime time;
    private final Random random;
    private final List<Runnable> missed = new ArrayList<>();
    private boolean dead;
    private boolean paused;
    private Duration skew = Duration.ZERO;

    Process(String name, VirtualTime time, Random random) {
        this.name = name;
        this.time = time;
        this.random = random;
    }

    boolean isAlive() {
        return !dead && !paused;
    }

    boolean isDead() {
        return dead;
    }

    void kill() {
        dead = true;
    }

    void pause() {
        paused = true;
    }

    void goOn() {
        paused = false;
        var late = List.copyOf(missed);
        missed.clear();
        late.forEach(what -> in(Duration.ZERO, what));
    }

    /// Its clock is set.
    void jump(Duration by) {
        skew = skew.plus(by);
    }

    @Override
    public Instant instant() {
        return time.instant().plus(skew);
    }

    private void in(Duration wait, Runnable what) {
        time.in(wait.plus(hesitation()), () -> {
            if (paused) {
                missed.add(what);
            } else if (!dead) {
                try {
                    what.run();
                } catch (Died killed) {
                    dead = true;
                }
            }
        });
    }

    /// Mostly nothing, sometimes long enough for others to come first.
    private Duration hesitation() {
        long micros = random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(300);
        return Duration.ofNanos(1_000 * micros);
    }

    @Override
    public <T> Role<T> enter(String what, Weight weight, Actor<T> actor) {
        var part = new Part<>(actor);
        actor.enter(part);
        part.wake();
        return part;
    }

    private final class Part<T> implements Role<T> {
        private final Actor<T> actor;
        private final List<T> news = new ArrayList<>();
        private boolean closed;
        private boolean woken;
        private long turn;

        Part(Actor<T> actor) {
            this.actor = actor;
        }

        @Override
        public void tell(T one) {
            news.add(one);
            wake();
        }

        void wake() {
            if (!woken) {
                woken = true;
                in(Duration.ZERO, this::act);
            }
        }

        private void act() {
            if (closed) {
                return;
            }
            woken = false;
            long mine = ++turn;
            var told = List.copyOf(news);
            news.clear();
            switch (next(told)) {
                case Actor.Next.News() -> {}
                case Actor.Next.Over() -> closed = true;
                case Actor.Next.Within(var wait) ->
                    in(wait, () -> {
                        if (turn == mine && !woken) {
                            act();
                        }
                    });
            }
        }

        private Actor.Next next(List<T> told) {
            try {
                return actor.act(told);
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            } catch (RuntimeException mistake) {
                return new Actor.Next.Within(AFTER_A_MISTAKE);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Override
    public <T> Work perform(Supplier<T> work, Consumer<T> then, @Nullable Duration limit, Runnable late) {
        var way = Duration.ofMillis(random.nextInt(random.nextInt(4) == 0 ? 2_000 : 20));
        var back = Duration.ofMillis(random.nextInt(random.nextInt(4) == 0 ? 2_000 : 20));
        var stopped = new boolean[1];
        in(way, () -> {
            if (!stopped[0]) {
                var result = work.get();
                in(back, () -> then.accept(result));
            }
        });
        if (limit != null) {
            in(limit, late);
        }
        return () -> stopped[0] = true;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return name;
    }
}
