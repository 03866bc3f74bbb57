package weir.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import weir.engine.Frame;
import weir.engine.FrameJson;
import weir.store.Views;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Runs;

/// A run live: its entries as they become durable and the whole view after each change, until it ends. What this
/// process drives is heard at once; what another one drives is looked for every second. A client that comes back with
/// `Last-Event-ID` gets what it missed: the id stands at the last entry of each frame, so no entry is lost.
final class RunFeed {
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final Duration LOOK = Duration.ofSeconds(1);
    /// A run that changes all the time is shown so often at most.
    private static final Duration BREATH = Duration.ofMillis(50);

    private final Views views;
    private final Runs runs;
    private final RunViews shown;
    private final Semaphore streams;
    private volatile boolean stopping;

    RunFeed(Backend backend, Semaphore streams) {
        this.views = backend.views();
        this.runs = backend.runs();
        this.shown = new RunViews(backend);
        this.streams = streams;
    }

    /// Streams that are open end within a second.
    void stop() {
        stopping = true;
    }

    void serve(Exchange exchange, UUID run) throws Exception {
        int seen = lastSeen(exchange.header(LAST_EVENT_ID));
        if (views.find(Backend.ORGANISATION, run).isEmpty()) {
            throw Problem.notFound("run", run.toString()).thrown();
        }
        if (!streams.tryAcquire()) {
            throw Problem.of(
                            429,
                            "too_many_streams",
                            "Too many streams",
                            "Too many clients follow runs. Try again later.")
                    .retryAfter(10)
                    .thrown();
        }
        var hint = new Semaphore(0);
        try (var _ = runs.follow(run, hint::release);
                var stream = exchange.events()) {
            new Following(run, seen, hint, stream).run();
        } finally {
            streams.release();
        }
    }

    private static int lastSeen(@Nullable String header) {
        try {
            return header == null || header.isBlank() ? 0 : Math.max(0, Integer.parseInt(header.strip()));
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    /// One client and the run it follows.
    private final class Following {
        private final UUID run;
        private final Semaphore hint;
        private final EventStream stream;
        private int sent;
        private Views.@Nullable Row last;
        private long quietSince = System.nanoTime();

        Following(UUID run, int seen, Semaphore hint, EventStream stream) {
            this.run = run;
            this.sent = seen;
            this.hint = hint;
            this.stream = stream;
        }

        void run() throws InterruptedException {
            for (long begin = System.nanoTime(); !look() && !stopping; begin = System.nanoTime()) {
                var took = Duration.ofNanos(System.nanoTime() - begin);
                if (hint.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    // A run whose view is dear to make is shown less often.
                    Thread.sleep(took.multipliedBy(4).plus(BREATH));
                    hint.drainPermits();
                } else if (System.nanoTime() - quietSince >= TimeUnit.SECONDS.toNanos(EventStream.HEARTBEAT_SECONDS)) {
                    stream.heartbeat();
                    quietSince = System.nanoTime();
                }
            }
        }

        /// The row is read first: if it has ended, the frames read after it are all there are.
        ///
        /// @return whether it is over
        private boolean look() {
            var row = views.find(Backend.ORGANISATION, run).orElse(null);
            if (row == null) {
                stream.send(null, "end", RecordValue.EMPTY);
                return true;
            }
            var frames = views.frames(Backend.ORGANISATION, run, sent);
            if (!frames.isEmpty() || !row.equals(last)) {
                if (last == null) {
                    show();
                    frames.forEach(this::send);
                } else {
                    frames.forEach(this::send);
                    show();
                }
                last = row;
                quietSince = System.nanoTime();
            }
            boolean over = row.endedAt() != null;
            if (over) {
                stream.send(null, "end", RecordValue.of("status", Value.of(Documents.status(row.state()))));
            }
            return over;
        }

        private void show() {
            shown.view(run).ifPresent(view -> stream.send(null, "run", view));
        }

        private void send(Frame frame) {
            var entries = FrameJson.shown(frame);
            for (int i = 0; i < entries.size(); i++) {
                boolean lastOne = i == entries.size() - 1;
                stream.send(lastOne ? Integer.toString(frame.seq()) : null, "entry", entries.get(i));
            }
            sent = frame.seq();
        }
    }
}
