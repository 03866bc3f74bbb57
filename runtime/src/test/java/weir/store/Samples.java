package weir.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.graph.Graph.Priority;
import weir.store.Journal.Append;
import weir.store.Journal.Birth;
import weir.store.Journal.Claim;
import weir.store.Journal.Disposition;
import weir.store.Journal.Once;
import weir.value.StringValue;
import weir.value.Value;

/// Runs and frames to store, which need not make sense to an engine.
public final class Samples {
    public static final int ORG = 1;
    public static final int WORKFLOW = 7;
    public static final Disposition KEEP = new Disposition.Keep();
    public static final Disposition SUCCEED = new Disposition.End(Entry.Status.SUCCEEDED);

    private static final AtomicLong LAST = new AtomicLong();

    private Samples() {}

    /// A UUIDv7, later than all before it.
    public static UUID id() {
        // 48 bits of milliseconds, and 12 that count within one.
        long tick = LAST.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis() << 12));
        long high = (tick >>> 12) << 16 | 0x7000 | (tick & 0xFFF);
        return new UUID(high, ThreadLocalRandom.current().nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }

    public static Frame frame(int seq, String... texts) {
        return new Frame(
                seq,
                Instant.ofEpochMilli(System.currentTimeMillis()),
                Arrays.stream(texts)
                        .map(text -> (Entry) new Entry.Logged("log", Value.of(text)))
                        .toList());
    }

    /// What the frames of a run say, in order.
    public static List<String> texts(List<Frame> frames) {
        return frames.stream()
                .flatMap(frame -> frame.entries().stream())
                .map(entry -> ((StringValue) ((Entry.Logged) entry).value()).value())
                .toList();
    }

    /// Goes through the queue.
    public static Birth birth(UUID id) {
        return birth(id, 0, null);
    }

    public static Birth birth(UUID id, long owner, @Nullable Once once) {
        return new Birth(
                id,
                ORG,
                WORKFLOW,
                1,
                Priority.NORMAL,
                owner,
                Instant.now(),
                once,
                List.of(frame(1, "started")),
                List.of());
    }

    public static Once once(String key, Duration within, String body) {
        return new Once(1, key.getBytes(StandardCharsets.UTF_8), within, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Append append(Claim claim, Disposition disposition, String... texts) {
        return append(claim.run(), claim.epoch(), claim.head(), disposition, texts);
    }

    public static Append append(UUID run, int epoch, int head, Disposition disposition, String... texts) {
        var frames = texts.length == 0 ? List.<Frame>of() : List.of(frame(head + 1, texts));
        return new Append(run, epoch, head, frames, disposition, 0, 0, List.of());
    }

    /// The same, having heard so many messages and taken them.
    public static Append heard(Append append, int messages) {
        return new Append(
                append.run(),
                append.epoch(),
                append.head(),
                append.frames(),
                append.disposition(),
                messages,
                messages,
                append.letters());
    }

    /// Waits for an answer.
    public static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StoreProblem problem) {
                throw problem;
            }
            throw new AssertionError(failed);
        } catch (TimeoutException | InterruptedException late) {
            throw new AssertionError("no answer", late);
        }
    }
}
