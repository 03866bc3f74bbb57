package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import weir.engine.Journey.Answer;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

class TermsTest {
    private static Journey run(String policies, List<Answer> answers) {
        var left = new java.util.ArrayDeque<>(answers);
        return Journey.of(
                        Texts.plan("workflow w(n: int, d: duration) {\n step a = http.get(url: \"x\") {\n" + policies
                                + "\n}\nreturn { a }\n}"),
                        (RecordValue) Json.read("{\"n\":0,\"d\":-1}"),
                        perform -> left.isEmpty() ? new Answer.Gives(Value.of(1)) : left.remove())
                .go();
    }

    @Test
    void whatIsAskedForIsEvaluatedWithThePlan() {
        var journey = run("once per `k${1 + 1}` within 2h\nat most 1 + 2 per 1m\nqueue \"big\"", List.of());
        var perform = (Effect.Perform) journey.effects().iterator().next();
        assertEquals(new Terms(new Terms.Once("k2", 7_200_000), new Terms.Rate(3, 60_000), "big"), perform.terms());
    }

    @Test
    void aStepThatSomebodyHasDoneGivesNull() {
        assertEquals(
                Json.read("{\"a\":null}"),
                run("once per \"k\" within 2h", List.of(new Answer.Skips())).output());
    }

    @Test
    void anAttemptThatMayNotBeginYetIsAskedForLaterUnderItsNumber() {
        var journey = run(
                "at most 3 per 1m\nretry 1 times",
                List.of(
                        new Answer.Postpones(30_000),
                        new Answer.Postpones(30_000),
                        new Answer.Refuses(RunError.of("http_503", "busy"))));
        assertEquals(Json.read("{\"a\":1}"), journey.output());
        assertEquals(
                List.of(1, 2),
                journey.effects().stream()
                        .map(effect -> ((Effect.Perform) effect).attempt())
                        .toList());
        assertEquals(
                2,
                journey.entries().stream()
                        .filter(Entry.AttemptPostponed.class::isInstance)
                        .count());
    }

    @Test
    void badTermsFailTheStepBeforeItsFirstAttempt() {
        for (String policies : List.of(
                "once per `${n}`.slice(1) within 1h",
                "once per \"k\" within d",
                "at most n per 1m",
                "at most 1 per d",
                "queue `${n}`.slice(1)")) {
            var error = run(policies, List.of()).error();
            assertEquals(0, error.attempts(), policies);
            assertEquals("a", error.step(), policies);
        }
    }
}
