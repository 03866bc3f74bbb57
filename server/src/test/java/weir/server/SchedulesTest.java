package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.engine.Entry;
import weir.eval.EvaluationError;
import weir.eval.Programs;
import weir.model.StandardCatalog;
import weir.source.Span;
import weir.store.Views;
import weir.store.memory.MemoryStore;
import weir.value.Json;
import weir.value.RecordValue;
import weir.worker.Evaluations;
import weir.worker.Plans;
import weir.worker.Runs;

/// Schedules in a time of their own; nothing here waits.
class SchedulesTest {
    private Instant now = Instant.parse("2026-03-02T08:58:30Z");
    private final MemoryStore store = new MemoryStore(() -> now, new java.util.Random(1));
    private final One first = new One();

    /// What one server has of it.
    private final class One {
        private final Deployments deployments;
        private final Schedules schedules;

        One() {
            weir.eval.Scripts scripts = (body, parameters, arguments) -> {
                throw new EvaluationError("script_error", "no sandbox", Span.NONE);
            };
            var plans = new Plans(store.registry(), RecordValue.EMPTY, scripts);
            var runs = new Runs(
                    store.journal(), store.queue(), store.views(), store.registry(), plans, store.post(), () -> now);
            deployments = new Deployments(
                    store.registry(),
                    source -> new Compiler(StandardCatalog.catalog()).compile(source, Files.NONE),
                    library -> new Programs(library, RecordValue.EMPTY, scripts),
                    Backend.ORGANISATION);
            deployments.refresh();
            schedules = new Schedules(
                    deployments,
                    new Evaluations(RecordValue.EMPTY, scripts, () -> now),
                    new Starts(
                            runs, new QueueDepth(store.queue(), new QueueDepth.Limits(1, 1), () -> 0), new Metrics()),
                    () -> now);
        }

        void deploy(String trigger) {
            String text = "workflow report(at?: json) { %s\n log at }".formatted(trigger);
            var outcome = deployments.deploy("report", text);
            assertEquals(Deployments.Outcome.Stored.class, outcome.getClass(), outcome.toString());
        }
    }

    private void pass(Duration time, One... servers) {
        for (long second = 0; second < time.toSeconds(); second++) {
            now = now.plusSeconds(1);
            for (var server : servers) {
                server.schedules.tick(now);
            }
        }
    }

    private List<Instant> started() {
        return rows().stream().map(Views.Row::startedAt).sorted().toList();
    }

    private List<Views.Row> rows() {
        return store.views().list(new Views.Query(Backend.ORGANISATION, null, null, null, 100));
    }

    private void started(Consumer<Entry.Started> check) {
        for (var row : rows()) {
            check.accept((Entry.Started) store.views()
                    .frames(Backend.ORGANISATION, row.run(), 0)
                    .getFirst()
                    .entries()
                    .getFirst());
        }
    }

    @Test
    void aCronExpressionStartsOnItsMinuteInItsZone() {
        first.deploy("on schedule(cron: \"0 10 * * MON-FRI\", zone: \"Europe/Berlin\")");
        pass(Duration.ofMinutes(5), first);
        assertEquals(List.of(Instant.parse("2026-03-02T09:00:00Z")), started());
        started(run -> assertEquals("schedule 0 10 * * MON-FRI Europe/Berlin", run.trigger()));
    }

    @Test
    void anIntervalTicksAtItsWholeMultiples() {
        first.deploy("on schedule(every: 1m)");
        pass(Duration.ofMinutes(3), first);
        assertEquals(
                List.of(
                        Instant.parse("2026-03-02T08:59:00Z"),
                        Instant.parse("2026-03-02T09:00:00Z"),
                        Instant.parse("2026-03-02T09:01:00Z")),
                started());
    }

    @Test
    void severalServersStartATickOnce() {
        first.deploy("on schedule(every: 1m)");
        pass(Duration.ofMinutes(2), first, new One(), new One());
        assertEquals(2, started().size());
    }

    @Test
    void twoSchedulesOfOneWorkflowBothStart() {
        first.deploy("on schedule(every: 1m)\n on schedule(cron: \"* * * * *\", zone: \"UTC\")");
        pass(Duration.ofMinutes(1), first);
        assertEquals(2, started().size());
    }

    @Test
    void ofTheTicksThatNobodySawTheLastIsMadeUpForOnce() {
        first.deploy("on schedule(every: 1h)");
        pass(Duration.ofMinutes(2), first);
        assertEquals(1, started().size());
        now = Instant.parse("2026-03-02T14:20:00Z");
        pass(Duration.ofSeconds(5), new One());
        assertEquals(2, started().size());
        pass(Duration.ofSeconds(5), new One());
        assertEquals(2, started().size(), "a restart does not start it again");
        now = Instant.parse("2026-03-20T14:20:00Z");
        first.deploy("on schedule(cron: \"0 9 3 3 *\", zone: \"UTC\")");
        pass(Duration.ofSeconds(5), first);
        assertEquals(2, started().size(), "what was due before the version was there is not made up for");
    }

    @Test
    void aTickLongPastIsNotMadeUpFor() {
        first.deploy("on schedule(cron: \"0 9 3 3 *\", zone: \"UTC\")");
        now = Instant.parse("2026-03-12T14:20:00Z");
        pass(Duration.ofSeconds(5), new One());
        assertEquals(0, started().size());
    }

    @Test
    void goingBackToAnOldVersionMakesUpForNothing() {
        String daily = "on schedule(cron: \"0 9 * * *\", zone: \"UTC\")";
        first.deploy(daily);
        first.deploy("on schedule(cron: \"0 0 1 1 *\", zone: \"UTC\")");
        now = Instant.parse("2026-03-04T15:00:00Z");
        first.deploy(daily);
        pass(Duration.ofMinutes(1), first);
        assertEquals(0, started().size());
        now = Instant.parse("2026-03-05T09:00:00Z");
        pass(Duration.ofMinutes(1), first);
        assertEquals(1, started().size());
    }

    @Test
    void aScheduleThatWasDeployedAwayIsSilent() {
        first.deploy("on schedule(every: 1m)");
        first.deploy("on schedule(cron: \"0 0 1 1 *\", zone: \"UTC\")");
        pass(Duration.ofMinutes(3), first);
        assertEquals(0, started().size());
    }

    @Test
    void theTimeOfTheTickCanBeMapped() {
        first.deploy("on schedule(every: 1m) with { at: event.at }");
        pass(Duration.ofMinutes(1), first);
        started(run -> assertEquals("{\"at\":\"2026-03-02T08:59:00.000Z\"}", Json.text(run.input())));
    }
}
