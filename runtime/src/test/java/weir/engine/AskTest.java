package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import weir.model.Type;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

class AskTest {
    private static final Value YES = Json.read("{\"approved\":true,\"by\":\"ann\"}");

    private static Journey begun(String body, Value input) {
        return Journey.of(
                        Texts.plan("workflow w(input: json) {\n" + body + "\n}"),
                        RecordValue.of("input", input),
                        perform -> perform.arguments().get("url").equals(Value.of("fail"))
                                ? new Journey.Answer.Refuses(RunError.of("http_500", "no"))
                                : new Journey.Answer.Gives(Value.of(1)))
                .begun();
    }

    private static Journey begun(String body) {
        return begun(body, Value.of("x"));
    }

    private static Effect.Ask asked(Journey journey) {
        return journey.effects().stream()
                .filter(Effect.Ask.class::isInstance)
                .map(Effect.Ask.class::cast)
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static Message.Answered answer(Journey journey, Value value) {
        var ask = asked(journey);
        return new Message.Answered(ask.path(), ask.task(), value);
    }

    @Test
    void aRunThatAsksSleepsUntilItIsAnswered() {
        var journey = begun("step a = ask `Ship ${input}?` of role(\"sales\") -> { price: number }\nreturn a");
        var ask = asked(journey);
        assertEquals("Ship x?", ask.question());
        assertEquals(RecordValue.of("role", Value.of("sales")), ask.who());
        assertEquals(7, ask.task().version());
        assertEquals(Journey.START.toEpochMilli(), ask.task().getMostSignificantBits() >>> 16);
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        assertEquals(YES, journey.told(answer(journey, YES)).output());
    }

    @Test
    void theFirstAnswerCounts() {
        var journey = begun("step a = ask \"Sure?\" of person(\"a@b.c\")\nwait 1h\nreturn a");
        var first = answer(journey, YES);
        journey.told(first);
        int before = journey.entries().size();
        journey.told(new Message.Answered(first.path(), first.task(), Json.read("{\"approved\":false}")));
        assertEquals(before + 1, journey.entries().size());
        assertTrue(journey.end() instanceof Entry.MessageTaken);
        assertEquals(YES, journey.after(Duration.ofHours(1)).output());
    }

    @Test
    void anAnswerToAnotherTaskIsNotTaken() {
        var journey = begun("step a = ask \"Sure?\" of role(\"x\")\nreturn a");
        journey.told(new Message.Answered("a", new UUID(1, 2), YES));
        journey.told(new Message.Answered("b", asked(journey).task(), YES));
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        assertEquals(YES, journey.told(answer(journey, YES)).output());
    }

    @Test
    void whenItsTimeIsOverTheAnswerIsNullAndTheQuestionIsWithdrawn() {
        var journey = begun("step a = ask \"Sure?\" of role(\"x\") up to 2h\nreturn a ?? \"nobody\"");
        var ask = asked(journey);
        assertEquals(Journey.START.plus(Duration.ofHours(2)), ask.until());
        assertEquals(Value.of("nobody"), journey.after(Duration.ofHours(2)).output());
        assertTrue(journey.effects().contains(new Effect.Withdraw("a", ask.task())));
    }

    @Test
    void aQuestionInABlockThatIsLeftIsWithdrawnAndItsAnswerIsDropped() {
        var journey = begun("""
                try {
                  parallel {
                    one {
                      step a = ask "Sure?" of role("x")
                      log a
                    }
                    two {
                      wait 1h
                      fail "enough"
                    }
                  }
                } catch error {
                  wait 1h
                  return error.message
                }
                return "never\"""");
        var late = answer(journey, YES);
        journey.after(Duration.ofHours(1));
        assertTrue(journey.effects().contains(new Effect.Withdraw("try/body/parallel/one/a", late.task())));
        journey.told(late);
        assertEquals(Value.of("enough"), journey.after(Duration.ofHours(1)).output());
    }

    @Test
    void cancellingWithdrawsTheQuestion() {
        var journey = begun("step a = ask \"Sure?\" of role(\"x\")\nreturn a");
        journey.told(new Message.Cancel("enough"));
        assertTrue(journey.effects()
                .contains(new Effect.Withdraw("a", asked(journey).task())));
        assertEquals(new Outlook.Over(Entry.Status.CANCELLED), journey.state().outlook());
    }

    @Test
    void aQuestionThatWasWithdrawnByAFailureIsAskedAgainAsAnotherTask() {
        var journey = begun("""
                parallel {
                  one {
                    step a = ask "Sure?" of role("x")
                  }
                  two {
                    step http.get(url: "fail")
                  }
                }
                return a""");
        var first = answer(journey, YES);
        assertTrue(journey.end() instanceof Entry.Parked);
        assertTrue(journey.effects().contains(new Effect.Withdraw("parallel/one/a", first.task())));
        journey.told(first);
        journey.told(new Message.Resume("again"));
        var second = asked(journey);
        assertNotEquals(first.task(), second.task());
        assertEquals(
                List.of(1, 2),
                journey.entries().stream()
                        .filter(Entry.Asked.class::isInstance)
                        .map(entry -> ((Entry.Asked) entry).generation())
                        .toList());
    }

    @Test
    void manyQuestionsAreOpenAtOnceAndAnsweredInAnyOrder() {
        var journey = begun("""
                step all = for who of ["a", "b", "c"] at most 3 at once {
                  step a = ask "Sure?" of person(who)
                  yield a
                }
                return all""");
        var tasks = journey.effects().stream().map(Effect.Ask.class::cast).toList();
        assertEquals(3, tasks.stream().map(Effect.Ask::task).distinct().count());
        for (int i : new int[] {2, 0, 1}) {
            journey.told(new Message.Answered(tasks.get(i).path(), tasks.get(i).task(), Value.of(i)));
        }
        assertEquals(Json.read("[0,1,2]"), journey.output());
    }

    @Test
    void theTypeOfTheNameIsWhatAnAnswerIsHeldTo() {
        var journey = begun(
                "step a: { approved: boolean, n: int } | null = ask \"Sure?\" of role(\"x\") -> { n: json } up to 1h");
        assertTrue(asked(journey).answer() instanceof Type.RecordOf record
                && record.fields().stream()
                        .anyMatch(field -> field.name().equals("n") && field.type() == Type.Basic.INT));
    }

    @Test
    void whoHasToBeARoleOrAPerson() {
        for (String who : List.of("\"\"", "null", "12", "{\"role\":\"\"}", "{\"team\":\"x\"}", "{\"role\":1}")) {
            var journey = begun("step a = ask \"Sure?\" of input\nreturn a", Json.read(who));
            assertEquals("type_error", journey.error().code(), who);
            assertTrue(
                    journey.error().message().contains("role"), journey.error().message());
        }
        var negative =
                begun("let back: duration = input\nstep a = ask \"Sure?\" of role(\"x\") up to back", Value.of(-1));
        assertEquals("range_error", negative.error().code());
    }
}
