package weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import weir.engine.Frame;
import weir.engine.RunView;
import weir.engine.Texts;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Handler;
import weir.worker.StepFailure;

class LocalRunTest {
    private static final Handler.Secrets NO_SECRETS = name -> {
        throw new StepFailure("unknown_secret", "there is no secret " + name);
    };

    @Test
    void stepsArePerformedAndShownLive() throws InterruptedException {
        var plan = Texts.plan("""
                workflow calls(urls: [string]) -> [int] {
                  step answers = for url of urls at most 2 at once {
                    step answer = http.get(url: url) {
                      retry 3 times from 1ms to 2ms
                    }
                    yield answer.status
                  }
                  wait 5ms
                  return answers
                }
                """);
        Handler http = call -> {
            if (call.attempt() == 1) {
                throw new StepFailure("http_503", "busy");
            }
            return RecordValue.of("status", Value.of(200));
        };
        List<Frame> live = new ArrayList<>();
        var run = LocalRun.run(
                plan,
                (RecordValue) Json.read("{\"urls\": [\"a\", \"b\", \"c\"]}"),
                Surroundings.of(Map.of("http", http), NO_SECRETS),
                (of, frame) -> live.add(frame));
        assertEquals(Json.read("[200, 200, 200]"), run.view().output());
        assertEquals(run.frames(), live);
        assertEquals(
                List.of(2, 2, 2),
                run.view().steps().stream()
                        .filter(step -> step.kind().equals("step"))
                        .map(step -> step.attempt())
                        .toList());
    }

    @Test
    void aFailureSaysWhereItStandsInTheText() throws InterruptedException {
        var plan = Texts.plan("""
                workflow reads(order: json) {
                  let total = order.lines.length
                }
                """);
        var run = LocalRun.run(
                plan,
                (RecordValue) Json.read("{\"order\": {}}"),
                Surroundings.of(Map.of(), NO_SECRETS),
                (of, frame) -> {});
        assertEquals(RunView.Status.FAILED, run.view().status());
        var error = java.util.Objects.requireNonNull(run.view().error());
        assertTrue(error.message().contains("(line 2, column 15)"), error.message());
    }
}
