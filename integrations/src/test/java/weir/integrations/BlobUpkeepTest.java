package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.store.Views;
import weir.worker.StepFailure;

class BlobUpkeepTest {
    private static final int ORG = 1;
    private static final Instant NOW = Instant.now();
    private static final UUID RUN = UUID.fromString("01940000-0000-7000-8000-000000000001");

    @TempDir
    Path folder;

    private Blobs.Stored kept(Blobs blobs, String text, Duration ago) throws Exception {
        var file = blobs.keep(ORG, "a.txt", "", text.getBytes(StandardCharsets.UTF_8));
        age(file, ago);
        return file;
    }

    private void age(Blobs.Stored file, Duration ago) throws Exception {
        var place = folder.resolve("1").resolve(file.hash().substring(0, 2)).resolve(file.hash());
        Files.setLastModifiedTime(place, FileTime.from(NOW.minus(ago)));
    }

    private BlobUpkeep upkeep(Blobs blobs, Views.State state, Blobs.Stored mentioned) {
        var frame = new Frame(1, NOW, List.of(new Entry.StepDone("read", 1, mentioned.value())));
        return new BlobUpkeep(blobs, new OneRun(state, frame), InstantSource.fixed(NOW));
    }

    @Test
    void whatNoStepUsesAndNoRunHoldsIsForgotten() throws Exception {
        var blobs = new Blobs(folder);
        var idle = kept(blobs, "idle", Duration.ofDays(31));
        var fresh = kept(blobs, "fresh", Duration.ofDays(29));
        var held = kept(blobs, "held", Duration.ofDays(400));
        assertEquals(1, upkeep(blobs, Views.State.WAITING, held).once());
        assertEquals(
                "unknown_file",
                assertThrows(StepFailure.class, () -> blobs.bytes(ORG, idle))
                        .error()
                        .code());
        assertEquals(5, blobs.bytes(ORG, fresh).length);
        assertEquals(4, blobs.bytes(ORG, held).length);
        assertEquals(0, upkeep(blobs, Views.State.WAITING, held).once());
    }

    @Test
    void aRunThatHasEndedHoldsNothing() throws Exception {
        var blobs = new Blobs(folder);
        var file = kept(blobs, "a", Duration.ofDays(31));
        assertEquals(1, upkeep(blobs, Views.State.SUCCEEDED, file).once());
    }

    @Test
    void aRunThatRestsHoldsItsFiles() throws Exception {
        var blobs = new Blobs(folder);
        var file = kept(blobs, "a", Duration.ofDays(31));
        assertEquals(0, upkeep(blobs, Views.State.PARKED, file).once());
    }

    @Test
    void whoReadsAFileOrMakesItAgainNeedsIt() throws Exception {
        var blobs = new Blobs(folder);
        var read = kept(blobs, "read", Duration.ofDays(31));
        var made = kept(blobs, "made", Duration.ofDays(31));
        var other = kept(blobs, "other", Duration.ofDays(31));
        assertArrayEquals("read".getBytes(StandardCharsets.UTF_8), blobs.bytes(ORG, read));
        blobs.keep(ORG, "b.txt", "", "made".getBytes(StandardCharsets.UTF_8));
        assertEquals(1, upkeep(blobs, Views.State.SUCCEEDED, other).once());
        assertEquals(4, blobs.bytes(ORG, made).length);
    }

    @Test
    void withoutFilesThereIsNothingToDo() throws Exception {
        var blobs = new Blobs(folder.resolve("none"));
        var nowhere = new Blobs.Stored("a", "b", 1, "0".repeat(64));
        assertEquals(0, upkeep(blobs, Views.State.WAITING, nowhere).once());
    }

    /// A store that knows one run.
    private record OneRun(Views.State state, Frame frame) implements Views {
        @Override
        public List<Row> list(Query query) {
            return query.status() == state && query.before() == null
                    ? List.of(new Row(RUN, 1, 1, state, NOW, null, null))
                    : List.of();
        }

        @Override
        public Optional<Row> find(int org, UUID run) {
            return Optional.empty();
        }

        @Override
        public List<Frame> frames(int org, UUID run, int after) {
            return List.of(frame);
        }

        @Override
        public Map<UUID, Ends> ends(int org, Collection<UUID> runs) {
            return Map.of();
        }

        @Override
        public List<Count> counts(int org, Instant since) {
            return List.of();
        }

        @Override
        public Parked parked(int org) {
            return new Parked(0, null);
        }

        @Override
        public List<Worker> workers() {
            return List.of();
        }
    }
}
