package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

class ChildTest {
    private static Journey begun(String body) {
        return Journey.of(
                        Texts.plan("workflow w() {\n" + body
                                + "\n}\nworkflow other(a: number) -> { n: number } {\n return { n: a }\n}"),
                        RecordValue.EMPTY,
                        perform -> new Journey.Answer.Gives(Value.of(1)))
                .begun();
    }

    private static List<Effect.StartChild> children(Journey journey) {
        return journey.effects().stream()
                .filter(Effect.StartChild.class::isInstance)
                .map(Effect.StartChild.class::cast)
                .toList();
    }

    private static Message ended(Effect.StartChild child, Entry.Status status, @Nullable String output) {
        return new Message.ChildEnded(
                child.path(),
                child.child(),
                status,
                output == null ? null : Json.read(output),
                status == Entry.Status.FAILED ? RunError.of("no_stock", "there is none") : null);
    }

    @Test
    void aStepIsARunOfItsOwnAndGivesWhatThatReturns() {
        var journey = begun("step a = other(a: 7)\nreturn a.n");
        var child = children(journey).getFirst();
        assertEquals("other", child.workflow());
        assertEquals(Json.read("{\"a\":7}"), child.input());
        assertEquals(7, child.child().version());
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        assertEquals(
                Value.of(7),
                journey.told(ended(child, Entry.Status.SUCCEEDED, "{\"n\":7}")).output());
    }

    @Test
    void aClaimDoesNotStartItASecondTime() {
        var journey = begun("step a = other(a: 7)\nreturn a.n");
        var again = Engine.advance(journey.folded(), new Input.Begin(), Journey.START);
        assertEquals(List.of(), again.effects());
        assertEquals(List.of(), again.entries());
    }

    @Test
    void itsFailureIsTheStepsAndARetryIsAnotherRun() {
        var journey = begun("""
                try {
                  step a = other(a: 1) {
                    retry 1 times from 1s to 1s
                  }
                  log a
                } catch error {
                  return error
                }
                return 1""");
        journey.told(ended(children(journey).getFirst(), Entry.Status.FAILED, null));
        journey.after(Duration.ofSeconds(2));
        var both = children(journey);
        assertEquals(2, both.stream().map(Effect.StartChild::child).distinct().count());
        // The first run has ended: a second message about it is not the second's.
        journey.told(ended(both.getFirst(), Entry.Status.SUCCEEDED, "{\"n\":1}"));
        journey.told(ended(both.getLast(), Entry.Status.CANCELLED, null));
        assertEquals(
                Json.read("{\"step\":\"a\",\"code\":\"cancelled\","
                        + "\"message\":\"the run of the workflow was cancelled\",\"attempts\":2}"),
                journey.output());
    }

    @Test
    void theCodeAndTheMessageAreTheChilds() {
        var journey = begun("step a = other(a: 1)\nreturn a");
        journey.told(ended(children(journey).getFirst(), Entry.Status.FAILED, null));
        assertEquals("no_stock", journey.error().code());
        assertEquals("a", journey.error().step());
    }

    @Test
    void aTimeoutCancelsItAndItsLateEndIsDropped() {
        var journey = begun("step a = other(a: 1) {\n timeout 1h\n on error continue\n}\nwait 1h\nreturn a");
        var child = children(journey).getFirst();
        assertEquals(
                new Outlook.Sleeping(Journey.START.plus(Duration.ofHours(1))),
                journey.state().outlook());
        journey.after(Duration.ofHours(1));
        assertTrue(journey.effects().contains(new Effect.CancelChild("a", child.child())));
        journey.told(ended(child, Entry.Status.SUCCEEDED, "{\"n\":1}"));
        assertEquals(
                "timeout",
                journey.entries().stream()
                        .filter(Entry.StepFailed.class::isInstance)
                        .map(entry -> ((Entry.StepFailed) entry).error().code())
                        .findFirst()
                        .orElseThrow());
        assertEquals(Json.read("null"), journey.after(Duration.ofHours(1)).output());
    }

    @Test
    void aChildInABlockThatIsLeftIsCancelledAndWaitedFor() {
        var journey = begun("""
                try {
                  parallel {
                    one {
                      step a = other(a: 1)
                      log a
                    }
                    two {
                      wait 1h
                      fail "enough"
                    }
                  }
                } catch error {
                  return error.message
                }
                return 1""");
        var child = children(journey).getFirst();
        journey.after(Duration.ofHours(1));
        assertTrue(journey.effects().contains(new Effect.CancelChild(child.path(), child.child())));
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        assertEquals(
                Value.of("enough"),
                journey.told(ended(child, Entry.Status.CANCELLED, null)).output());
    }

    @Test
    void aChildNeverRestsAndSaysHowItEnded() {
        var plan = Texts.plan("workflow w(a: json) {\n let b = a.b.c\n return b\n}");
        var parent = new Entry.Parent(new UUID(1, 2), "other");
        var started = new Entry.Started("w", 1, "hash", 1, 42, RecordValue.of("a", Value.of(1)), "step", parent);
        var state = Engine.begin(plan, Journey.RUN, started, Journey.START);
        var decision = Engine.advance(state, new Input.Begin(), Journey.START);
        assertTrue(decision.entries().getLast() instanceof Entry.Ended ended && ended.status() == Entry.Status.FAILED);
        assertTrue(decision.effects().getLast() instanceof Effect.ReportEnd report
                && report.parent().equals(parent.run())
                && report.ended().path().equals("other")
                && report.ended().child().equals(Journey.RUN)
                && report.ended().error() != null);
    }
}
