package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// A run that failed goes on with a newer version, and a new run begins where another one was.
class MovingTest {
    private static final String OLD = """
            workflow w(n: int) -> int {
                step a = http.get(url: "a")
                let id = uuid()
                if (n > 5) {
                    step http.post(url: "big", body: id)
                }
                step b = http.post(url: "b", body: { of: a.body, limit: 10 })
                return 1
            }
            """;

    private final List<Frame> frames = new ArrayList<>();
    private final List<String> performed = new ArrayList<>();

    private static Plan plan(String text) {
        return Texts.plan(text);
    }

    private RunState fold(Plan old, Plan onto) {
        return Engine.fold(old, Journey.RUN, frames, id -> onto);
    }

    private @Nullable Value play(RunState state, Input begin) {
        Input input = begin;
        while (true) {
            var decision = Engine.advance(state, input, Journey.START);
            if (!decision.entries().isEmpty()) {
                frames.add(new Frame(frames.size() + 1, Journey.START, decision.entries()));
            }
            var next = decision.effects().stream()
                    .filter(Effect.Perform.class::isInstance)
                    .map(Effect.Perform.class::cast)
                    .findFirst();
            if (next.isEmpty()) {
                return state.ended() == null ? null : state.ended().output();
            }
            var perform = next.get();
            performed.add(perform.path() + " "
                    + Json.text(Objects.requireNonNullElse(perform.arguments().get("body"), Value.of("-"))));
            boolean fails = Json.text(perform.arguments()).contains("limit\":10");
            input = fails
                    ? new Input.Failed(perform.path(), perform.attempt(), RunError.of("http_400", "no"))
                    : new Input.Completed(
                            perform.path(),
                            perform.attempt(),
                            Json.read("{\"status\": 200, \"headers\": {}, \"body\": 7}"));
        }
    }

    private RunState failed(Plan old) {
        var started = new Entry.Started("w", 1, "hash", 1, 7, RecordValue.of("n", Value.of(9)), "test", null);
        var state = Engine.begin(old, Journey.RUN, started, Journey.START);
        frames.add(new Frame(1, Journey.START, List.of(started)));
        assertNull(play(state, new Input.Begin()));
        assertNotNull(state.parked);
        return state;
    }

    private static Input.Told onto() {
        return new Input.Told(1, new Message.Resume("mended", new Message.Onto(2, 2, "h")));
    }

    @Test
    void whatWasDoneStaysAndTheRestGoesTheNewWay() {
        var old = plan(OLD);
        failed(old);
        String id = performed.get(1);
        var mended = plan(OLD.replace("limit: 10", "limit: 20"));
        var state = fold(old, mended);
        assertNull(Moving.misfit(state, mended, node -> null));
        performed.clear();
        assertEquals(Value.of(1), play(state, onto()));
        assertEquals(List.of("b {\"of\":7,\"limit\":20}"), performed);
        assertEquals(2, state.version());
        assertEquals(StateText.of(state), StateText.of(fold(old, mended)));
        assertTrue(id.startsWith("if/then/http.post") || id.startsWith("if/then"), id);
        assertEquals(2, History.of(old, Journey.RUN, frames, any -> mended).version());
    }

    @Test
    void aConditionThatChangedIsLookedAtAgain() {
        var old = plan(OLD);
        failed(old);
        var mended = plan(OLD.replace("n > 5", "n > 50").replace("limit: 10", "limit: n"));
        performed.clear();
        var state = fold(old, mended);
        assertEquals(Value.of(1), play(state, onto()));
        assertEquals(List.of("b {\"of\":7,\"limit\":9}"), performed);
        assertEquals(StateText.of(state), StateText.of(fold(old, mended)));
    }

    @Test
    void theFirstResultThatDoesNotFitIsNamed() {
        var old = plan(
                "workflow w(n: int) {\n step a = http.get(url: \"a\")\n step b = http.post(url: \"b\", body: { limit: 10 })\n}");
        failed(old);
        var other = plan(
                "workflow w(n: int) {\n step a: { body: { total: number } } = http.get(url: \"a\")\n step b = http.post(url: \"b\", body: a.body.total)\n}");
        var misfit = Objects.requireNonNull(Moving.misfit(fold(old, other), other, node -> null));
        assertEquals("a", misfit.path());
        assertTrue(misfit.recorded().contains("body: number"), misfit.recorded());
        assertTrue(misfit.wanted().contains("total: number"), misfit.wanted());
    }

    @Test
    void anInputThatDoesNotFitIsNamed() {
        var old = plan(OLD);
        var other = plan(OLD.replace("n: int", "n: int, who: string"));
        var misfit = Objects.requireNonNull(Moving.misfit(failed(old), other, node -> null));
        assertEquals("input", misfit.path());
    }

    @Test
    void aPlaceThatIsAnotherStatementNowIsNamed() {
        var old = plan(OLD);
        var other = plan(OLD.replace("step a = http.get(url: \"a\")", "step a = ask \"What?\" of role(\"r\")")
                .replace("a.body", "a.by"));
        var misfit = Objects.requireNonNull(Moving.misfit(failed(old), other, node -> null));
        assertEquals("a", misfit.path());
        assertEquals("a `step`", misfit.recorded());
        assertEquals("a `ask`", misfit.wanted());
    }

    @Test
    void aNewRunBeginsAtAChosenStepWithAnotherInput() {
        var old = plan(OLD.replace("limit: 10", "limit: n"));
        var started = new Entry.Started("w", 1, "hash", 1, 7, RecordValue.of("n", Value.of(3)), "test", null);
        var state = Engine.begin(old, Journey.RUN, started, Journey.START);
        frames.add(new Frame(1, Journey.START, List.of(started)));
        play(state, new Input.Begin());
        var told = Retelling.of(old, Journey.RUN, frames, "b").orElseThrow();
        assertEquals(List.of("a"), told.facts().stream().map(Entry.Placed::path).toList());
        var replayed = Retelling.with(told, Map.of("a", Json.read("{\"status\": 200, \"headers\": {}, \"body\": 8}")));
        var again = new UUID(Journey.RUN.getMostSignificantBits(), 5);
        frames.clear();
        performed.clear();
        var fresh = new Entry.Started("w", 1, "hash", 1, 8, RecordValue.of("n", Value.of(4)), "replay", null);
        var run = Engine.begin(old, again, fresh, replayed, Moving.NOWHERE, Journey.START);
        frames.add(new Frame(1, Journey.START, List.of(fresh, replayed)));
        assertEquals(Value.of(1), play(run, new Input.Begin()));
        assertEquals(List.of("b {\"of\":8,\"limit\":4}"), performed);
        assertEquals(StateText.of(run), StateText.of(Engine.fold(old, again, frames)));
        var view = History.of(old, again, frames);
        assertEquals(Journey.RUN, view.origin());
        assertEquals(StepView.Status.SUCCEEDED, view.steps().getFirst().status());
        assertTrue(Retelling.of(old, again, frames, "nowhere").isEmpty());
        var key = frames.stream()
                .flatMap(frame -> frame.entries().stream())
                .filter(Entry.StepPlanned.class::isInstance)
                .map(entry -> ((Entry.StepPlanned) entry).key())
                .findFirst();
        assertEquals(again + "/b/1", key.orElseThrow());
    }
}
