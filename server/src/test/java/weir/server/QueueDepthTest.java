package weir.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.graph.Graph.Priority;
import weir.store.Journal;
import weir.store.Queue;
import weir.store.memory.MemoryStore;

/// Who is turned away, and at exactly how many waiting runs.
final class QueueDepthTest {
    private final Queue queue = new MemoryStore().queue();
    private final AtomicLong stalledMs = new AtomicLong();
    private int queued;

    private void fill(int org, int runs) {
        queue.ensure(IntStream.range(0, runs)
                .mapToObj(i -> new Journal.Due(new UUID(org, queued++), org, Priority.NORMAL, Instant.EPOCH))
                .toList());
    }

    private QueueDepth depth(int all, int organisation) {
        var depth = new QueueDepth(queue, new QueueDepth.Limits(all, organisation), stalledMs::get);
        depth.look();
        return depth;
    }

    private static Problem refused(QueueDepth depth, Priority priority) {
        return assertThrows(Problem.Thrown.class, () -> depth.admit(priority)).problem();
    }

    @ParameterizedTest
    @CsvSource({
        "79, LOW NORMAL HIGH CRITICAL",
        "80, NORMAL HIGH CRITICAL",
        "119, NORMAL HIGH CRITICAL",
        "120, HIGH CRITICAL",
        "139, HIGH CRITICAL",
        "140, CRITICAL",
        "159, CRITICAL",
        "160, ''"
    })
    void whatIsLessUrgentIsTurnedAwayFirst(int waiting, String admitted) {
        fill(2, waiting);
        var depth = depth(160, 1_000);
        var taken = Arrays.stream(Priority.values())
                .filter(priority -> {
                    try {
                        depth.admit(priority);
                        return true;
                    } catch (Problem.Thrown thrown) {
                        assertEquals(503, thrown.problem().status());
                        assertEquals("overloaded", thrown.problem().code());
                        return false;
                    }
                })
                .toList();
        assertEquals(
                Arrays.stream(admitted.split(" "))
                        .filter(name -> !name.isEmpty())
                        .map(Priority::valueOf)
                        .toList(),
                taken);
    }

    @Test
    void anOrganisationIsTurnedAwayForItsOwnBacklogOnly() {
        fill(2, 500);
        fill(Backend.ORGANISATION, 9);
        assertDoesNotThrow(() -> depth(10_000, 10).admit(Priority.LOW));
        fill(Backend.ORGANISATION, 1);
        var refused = refused(depth(10_000, 10), Priority.CRITICAL);
        assertEquals(List.of(429, "queue_full"), List.of(refused.status(), refused.code()));
        assertTrue(refused.retryAfter() >= 1 && refused.retryAfter() <= 60);
    }

    @Test
    void aSlowDatabaseTurnsEverybodyAway() {
        var depth = depth(100, 100);
        stalledMs.set(1_000);
        depth.admit(Priority.LOW);
        stalledMs.set(1_001);
        var refused = refused(depth, Priority.CRITICAL);
        assertEquals(List.of(429, "journal_slow", 2), List.of(refused.status(), refused.code(), refused.retryAfter()));
    }

    @Test
    void asSoonAsThereIsRoomRunsAreTakenAgain() {
        fill(2, 100);
        var depth = depth(100, 100);
        assertEquals(2, refused(depth, Priority.CRITICAL).retryAfter(), "nothing is known about its speed");
        queue.done(queue.claim(60, Duration.ofSeconds(5), Duration.ZERO));
        depth.look();
        depth.admit(Priority.LOW);
    }
}
