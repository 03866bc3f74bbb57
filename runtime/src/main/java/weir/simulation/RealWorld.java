package weir.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Input;
import weir.store.memory.MemoryStore;
import weir.worker.Handler;
import weir.worker.Performer;

/// The real time and real effects.
final class RealWorld implements World, AutoCloseable {
    private final UUID run;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timeouts").factory());
    private final Performer performer;
    private final Map<String, Performer.Attempt> attempts = new HashMap<>();
    private final LinkedBlockingQueue<Input> happened = new LinkedBlockingQueue<>();

    RealWorld(UUID run, Map<String, Handler> handlers, Handler.Secrets secrets) {
        this.run = run;
        this.performer =
                new Performer(handlers, secrets, new MemoryStore().post().quotas(), timer);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void perform(Effect.Perform effect) {
        attempts.put(effect.path(), performer.start(new Performer.Whose(run, 0, 0), effect, happened::add));
    }

    @Override
    public void abandon(Effect.Abandon effect) {
        var attempt = attempts.remove(effect.path());
        if (attempt != null) {
            attempt.abandon();
        }
    }

    @Override
    public void send(Effect.Outgoing effect) {
        throw new IllegalStateException("nothing here hears what a run tells others");
    }

    @Override
    public Input next(@Nullable Instant due) throws InterruptedException {
        if (due == null) {
            return happened.take();
        }
        long left = Math.max(0, Duration.between(now(), due).toNanos());
        var next = happened.poll(left, TimeUnit.NANOSECONDS);
        return next == null ? new Input.Due() : next;
    }

    @Override
    public void close() {
        attempts.values().forEach(Performer.Attempt::abandon);
        timer.shutdownNow();
    }
}
