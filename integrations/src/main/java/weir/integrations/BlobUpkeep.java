package weir.integrations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.engine.FrameJson;
import weir.store.StoreProblem;
import weir.store.Views;

/// Forgets what is in files that nobody needs any more: those that no step has made or read for [#KEPT], and that no
/// run which has not ended holds a reference to.
public final class BlobUpkeep implements AutoCloseable {
    /// As long as events are kept, and runs that rest because they failed.
    public static final Duration KEPT = Duration.ofDays(30);

    private static final Logger LOG = Logger.getLogger(BlobUpkeep.class.getName());
    private static final Duration FIRST = Duration.ofMinutes(15);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final int PAGE = 500;
    /// The last two once more, for those that began to run while the others were looked at.
    private static final List<Views.State> ALIVE = List.of(
            Views.State.QUEUED,
            Views.State.RUNNING,
            Views.State.WAITING,
            Views.State.PAUSED,
            Views.State.PARKED,
            Views.State.QUEUED,
            Views.State.RUNNING);
    /// As references have it ([Blobs.Stored]) in the JSON of journals.
    private static final Pattern HASH = Pattern.compile("\"hash\":\"([0-9a-f]{64})\"");

    private final Blobs blobs;
    private final Views views;
    private final InstantSource clock;
    private final Thread thread;

    public BlobUpkeep(Blobs blobs, Views views, InstantSource clock) {
        this.blobs = blobs;
        this.views = views;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("weir-files").unstarted(this::run);
    }

    /// Looks now and then, beginning in a while.
    public BlobUpkeep started() {
        thread.start();
        return this;
    }

    private void run() {
        var pause = FIRST;
        while (true) {
            try {
                Thread.sleep(pause);
                pause = EVERY;
                once();
            } catch (InterruptedException closed) {
                return;
            } catch (IOException | StoreProblem problem) {
                LOG.log(Level.WARNING, problem, () -> "files that nobody needs are forgotten tomorrow");
            }
        }
    }

    /// Looks now.
    ///
    /// @return how many files were forgotten
    int once() throws IOException {
        var since = clock.instant().minus(KEPT);
        var idle = blobs.idle(since);
        Set<Integer> organisations = new HashSet<>();
        idle.forEach(file -> organisations.add(file.org()));
        int forgotten = 0;
        for (int org : organisations) {
            var held = held(org);
            for (var file : idle) {
                if (file.org() == org && !held.contains(file.name()) && Blobs.forget(file, since)) {
                    forgotten++;
                }
            }
        }
        return forgotten;
    }

    /// The files that the journals of runs name which have not ended.
    private Set<String> held(int org) {
        Set<String> held = new HashSet<>();
        for (var state : ALIVE) {
            @Nullable UUID before = null;
            List<Views.Row> page;
            do {
                page = views.list(new Views.Query(org, null, state, before, PAGE));
                page.forEach(row -> note(org, row.run(), held));
                before = page.isEmpty() ? before : page.getLast().run();
            } while (page.size() == PAGE);
        }
        return held;
    }

    private void note(int org, UUID run, Set<String> held) {
        for (var frame : views.frames(org, run, 0)) {
            var found = HASH.matcher(new String(FrameJson.bytes(frame), StandardCharsets.UTF_8));
            while (found.find()) {
                held.add(found.group(1));
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
