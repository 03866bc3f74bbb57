package weir.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import weir.engine.Journey.Answer;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// Journals of whole workflows: the text in a file, its journal beside it. A journal that was written once must be read
/// and lead to the same state for ever.
class JournalTest {
    /// Refuses some attempts at first.
    private static final Function<Effect.Perform, Answer> WORLD =
            perform -> perform.path().length() % 3 == 0 && perform.attempt() < 2
                    ? new Answer.Refuses(new RunError("http_503", "busy", null, 0, 503, null))
                    : new Answer.Gives(RecordValue.of("status", Value.of(200)));

    private static final List<String> NAMES = List.of("every_statement", "leaving", "every_conversation");

    private static final List<String> INPUTS = List.of(
            "{\"list\": [1, 2, 3], \"mode\": \"a\"}",
            "{\"list\": [4, 5], \"mode\": \"c\"}",
            "{\"list\": [], \"mode\": \"b\"}");

    private static Plan plan(String name) {
        return Texts.plan(Golden.text("weir/engine/journals/" + name + ".weir"));
    }

    private static Journey journey(Plan plan, String input) {
        return Journey.of(plan, (RecordValue) Json.read(input), WORLD)
                .among(
                        plan.graph().workflow().equals("every_conversation")
                                ? Conversations.LIVELY
                                : Conversations.SILENT)
                .resuming(2);
    }

    @Test
    void theSameRunHasTheSameJournal() {
        for (String name : NAMES) {
            var plan = plan(name);
            for (int i = 0; i < INPUTS.size(); i++) {
                var lines = new StringBuilder();
                for (var frame : journey(plan, INPUTS.get(i)).go().frames()) {
                    lines.append(new String(FrameJson.bytes(frame), UTF_8)).append('\n');
                }
                Golden.check("weir/engine/journals/" + name + "." + i + ".jsonl", lines.toString());
            }
        }
    }

    @Test
    void aJournalLeadsToTheSameStateForEver() {
        for (String name : NAMES) {
            var plan = plan(name);
            for (int i = 0; i < INPUTS.size(); i++) {
                var frames = frames(name + "." + i);
                var folded = Engine.fold(plan, Journey.RUN, frames);
                var journey = journey(plan, INPUTS.get(i)).go();
                assertEquals(StateText.of(journey.state()), StateText.of(folded));
            }
        }
    }

    @Test
    void aWholeWorkflowKilledAfterAnyEntryGoesTheSameWay() {
        for (String name : NAMES) {
            var plan = plan(name);
            for (String input : INPUTS) {
                var straight = journey(plan, input).go();
                UndoLaws.check(plan, straight.entries(), name);
                for (int after = 1; after < straight.entries().size(); after++) {
                    var killed = journey(plan, input).go(after);
                    assertEquals(straight.entries(), killed.entries(), "killed after " + after);
                    assertEquals(straight.effects(), killed.effects(), "killed after " + after);
                }
            }
        }
    }

    @Test
    void aJournalOfAnotherGraphParksTheRunAndSaysWhere() {
        var plan = Graphs.plan(Graphs.workflow(List.of("list", "mode"), Graphs.sleep(10)));
        var frames = frames("every_statement.0");
        var state = Engine.fold(plan, Journey.RUN, frames.subList(0, 2));
        var decision = Engine.advance(state, new Input.Begin(), Journey.START);
        var parked = assertInstanceOf(Entry.Parked.class, decision.entries().getFirst());
        assertEquals("replay_mismatch", parked.error().code());
        assertTrue(
                parked.error().message().contains("entry 1 of frame 2"),
                parked.error().message());
        assertInstanceOf(Outlook.Resting.class, decision.outlook());

        var again = new ArrayList<>(frames.subList(0, 2));
        again.add(new Frame(3, Journey.START, decision.entries()));
        var resting = Engine.fold(plan, Journey.RUN, again);
        assertEquals(
                List.of(),
                Engine.advance(resting, new Input.Begin(), Journey.START).entries());
        var told = Engine.advance(resting, new Input.Told(1, new Message.Cancel("give up")), Journey.START);
        assertEquals(new Outlook.Over(Entry.Status.CANCELLED), told.outlook());
    }

    private static List<Frame> frames(String name) {
        var frames = new ArrayList<Frame>();
        for (String line :
                Golden.text("weir/engine/journals/" + name + ".jsonl").lines().toList()) {
            frames.add(FrameJson.read(frames.size() + 1, line.getBytes(UTF_8)));
        }
        return frames;
    }
}
