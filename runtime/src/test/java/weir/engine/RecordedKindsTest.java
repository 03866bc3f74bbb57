package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.engine.Journey.Answer;
import weir.format.Formatter;
import weir.model.StandardCatalog;
import weir.simulation.Recording;
import weir.simulation.TestRunner;
import weir.source.Source;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Runs that went all ways, as tests: what is recorded passes, or it is said why it cannot be recorded.
class RecordedKindsTest {
    private static final String CALL = "http.post(url: \"https://x.example.com\")";

    /// @param world what each path answers, one after the other; the last for ever; `ok` or an error's code
    /// @param goes what happens to the run
    private record Kind(String name, String body, Map<String, List<String>> world, Consumer<Journey> goes) {}

    private static Kind kind(String name, String body, Map<String, List<String>> world, Consumer<Journey> goes) {
        return new Kind(name, body, world, goes);
    }

    // Long: a few lines for each kind.
    private static List<Kind> kinds() {
        var failing = Map.of("b", List.of("http_503"));
        var failingOnce = Map.of("b", List.of("http_503", "ok"));
        String undoable = "step a = " + CALL + " { undo http.delete(url: `https://x.example.com/${a.body}`) }\n";
        return List.of(
                kind(
                        "a step is tried again",
                        "step b = " + CALL + " { retry 3 times from 1s key \"k\" }\nreturn b.body",
                        Map.of("b", List.of("http_503", "timeout", "ok")),
                        Journey::go),
                kind("a run fails", undoable + "step b = " + CALL + "\nreturn b.body", failing, Journey::go),
                kind("a run says that it fails", "step b = " + CALL + "\nfail `no ${b.body}`", Map.of(), Journey::go),
                kind(
                        "a resumed run succeeds",
                        undoable + "step b = " + CALL + " { retry 1 times from 1s key \"k\" }\nreturn [a.body, b.body]",
                        Map.of("b", List.of("http_503", "http_504", "ok")),
                        journey -> journey.resuming(1).go()),
                kind(
                        "a resumed run fails again",
                        undoable + "step b = " + CALL + "\nreturn b.body",
                        Map.of("b", List.of("http_503", "http_504")),
                        journey -> journey.resuming(1).go()),
                kind(
                        "a resumed run had caught a failure",
                        "try { step c = " + CALL + " log c } catch error { log error.code }\nstep b = " + CALL
                                + "\nreturn b.body",
                        Map.of("b", List.of("http_503", "ok"), "try/body/c", List.of("http_500")),
                        journey -> journey.resuming(1).go()),
                kind(
                        "an undo fails",
                        undoable + "step b = " + CALL,
                        Map.of("b", List.of("http_503"), "a/undo", List.of("http_500")),
                        Journey::go),
                kind(
                        "an undo fails and is tried again",
                        undoable + "step b = " + CALL + "\nreturn b.body",
                        Map.of("b", List.of("http_503", "ok"), "a/undo", List.of("http_500", "ok")),
                        journey -> journey.resuming(1).go()),
                kind(
                        "a failure is caught",
                        "step r = try { step b = " + CALL
                                + " yield b.body } catch error { yield error.code }\nreturn r",
                        Map.of("r/body/b", List.of("http_503")),
                        Journey::go),
                kind(
                        "a step goes on without a value",
                        "step b = " + CALL + " { on error continue }\nreturn b === null",
                        failing,
                        Journey::go),
                kind(
                        "a step yields another value",
                        "step b: json = " + CALL + " { on error { yield error.code } }\nreturn b",
                        failing,
                        Journey::go),
                kind(
                        "a branch of a race fails",
                        "step r = race {\n one { step b = " + CALL
                                + " yield b.body }\n two { wait 1h yield \"late\" }\n}\n" + "return r",
                        Map.of("r/one/b", List.of("http_503")),
                        Journey::go),
                kind(
                        "a race is won, and the other undone",
                        "step r = race {\n one { " + undoable
                                + " wait 2h yield a.body }\n two { wait 1h yield \"late\" }\n}\n" + "return r",
                        Map.of(),
                        Journey::go),
                kind(
                        "a child fails",
                        "step r = try { step c = sub(x: 1) yield c } catch error { yield 0 - error.attempts }\nreturn r",
                        Map.of(),
                        journey -> child(journey.begun(), Entry.Status.FAILED)),
                kind(
                        "a child gives its result",
                        "step c = sub(x: 1)\nreturn c",
                        Map.of(),
                        journey -> child(journey.begun(), Entry.Status.SUCCEEDED)),
                kind(
                        "a question escalates",
                        "step first = ask \"Go?\" of role(\"staff\") up to 1h\n"
                                + "if (first === null) {\n step second = ask \"Go?\" of role(\"boss\")\n return second.comment\n}\n"
                                + "return \"staff\"",
                        Map.of(),
                        journey -> answer(journey.begun().after(Duration.ofHours(1)), "yes")),
                kind(
                        "nobody answers",
                        "step first = ask \"Go?\" of role(\"staff\") up to 1h\nreturn first === null",
                        Map.of(),
                        journey -> journey.begun().after(Duration.ofHours(1))),
                kind(
                        "nothing comes",
                        "step e = wait for \"paid\" up to 1h\nreturn e === null",
                        Map.of(),
                        journey -> journey.begun().after(Duration.ofHours(1))),
                kind(
                        "an event comes that is ignored, and one that is not",
                        "step e = wait for \"paid\" -> { n: int }\nreturn e.n",
                        Map.of(),
                        journey -> event(event(journey.begun(), 1, "{\"n\":\"x\"}"), 2, "{\"n\":4}")),
                kind(
                        "events come one after the other",
                        "step all = repeat at most 2 times {\n step e = wait for \"paid\"\n yield e.n\n}\nreturn all",
                        Map.of(),
                        journey -> event(event(journey.begun(), 1, "{\"n\":1}"), 2, "{\"n\":2}")),
                kind(
                        "an event that no name holds",
                        "step wait for \"paid\"\nstep wait for \"sent\" up to 1h\nreturn 1",
                        Map.of(),
                        journey -> event(journey.begun(), 1, "{\"n\":1}").after(Duration.ofHours(1))),
                kind(
                        "a wait that cannot begin",
                        "step e = wait for \"paid\" up to (x - 1) * 1h\nreturn e === null",
                        Map.of(),
                        Journey::go),
                kind(
                        "the run takes too long",
                        "timeout 1h\nstep b = " + CALL + "\nwait 2h\nreturn b.body",
                        Map.of(),
                        Journey::go),
                kind(
                        "the run takes too long for an answer",
                        "timeout 1h\nstep b = ask \"Go?\" of role(\"staff\")\nreturn b.approved",
                        Map.of(),
                        journey -> journey.begun().after(Duration.ofHours(1))),
                kind(
                        "items fail",
                        "step all = for i of [1, 2, 3] at most 2 at once {\n step b = http.post(url: `https://x.example.com/${i}`) {"
                                + " on error continue }\n yield b === null ? i : 0\n}\nreturn all",
                        Map.of("all[1]/b", List.of("http_503")),
                        Journey::go),
                kind(
                        "an attempt has to wait",
                        "step b = " + CALL + " { at most 5 per 1m }\nreturn b.body",
                        Map.of("b", List.of("postpone", "ok")),
                        Journey::go),
                kind(
                        "on failure does something",
                        "on failure { step n = " + CALL + " log n }\nstep b = " + CALL,
                        failing,
                        Journey::go));
    }

    private static void child(Journey journey, Entry.Status how) {
        var step = journey.state().steps.values().iterator().next();
        boolean failed = how == Entry.Status.FAILED;
        journey.told(new Message.ChildEnded(
                step.path,
                java.util.Objects.requireNonNull(step.child),
                how,
                failed ? null : Value.of(7),
                failed ? RunError.of("no", "it does not work") : null));
    }

    private static Journey answer(Journey journey, String comment) {
        var asked = journey.entries().stream()
                .filter(Entry.Asked.class::isInstance)
                .map(Entry.Asked.class::cast)
                .reduce((first, last) -> last)
                .orElseThrow();
        var answer = Json.read("{\"approved\":true,\"by\":\"b@x.org\",\"comment\":\"" + comment + "\"}");
        return journey.told(new Message.Answered(asked.path(), asked.task(), answer));
    }

    private static Journey event(Journey journey, long position, String payload) {
        String path = journey.state().waits.values().iterator().next().path;
        return journey.told(new Message.Published(path, position, "paid", Json.read(payload)));
    }

    private static Answer answer(List<String> answers, int number, String path) {
        String code = answers.get(Math.min(number, answers.size() - 1));
        return switch (code) {
            case "ok" -> new Answer.Gives(Json.read("{\"status\":200,\"headers\":{},\"body\":\"" + path + "\"}"));
            case "skip" -> new Answer.Skips();
            case "postpone" -> new Answer.Postpones(5_000);
            default -> new Answer.Refuses(RunError.of(code, "it said " + code));
        };
    }

    private static String text(Kind kind) {
        return "workflow w(x: int) -> json {\n" + kind.body() + "\n}\n\nworkflow sub(x: int) -> int {\n  return x\n}\n";
    }

    private static Journey journey(Kind kind) {
        Map<String, Integer> calls = new HashMap<>();
        var journey = Journey.of(
                Texts.plan(text(kind)),
                RecordValue.of("x", Value.of(1)),
                perform -> answer(
                        kind.world().getOrDefault(perform.path(), List.of("ok")),
                        calls.merge(perform.path(), 1, Integer::sum) - 1,
                        perform.path()));
        kind.goes().accept(journey);
        return journey;
    }

    @TestFactory
    Stream<DynamicTest> whatIsRecordedPasses() {
        return kinds().stream().map(kind -> DynamicTest.dynamicTest(kind.name(), () -> passes(kind)));
    }

    @Test
    void whatCannotBeRecordedSaysWhy() {
        assertEquals(
                List.of("the run is waiting; only one that succeeded or failed makes a test"),
                obstacles(kind("", "step a = ask \"Go?\" of role(\"staff\")", Map.of(), Journey::begun)));
        assertEquals(
                List.of("the run is cancelled; only one that succeeded or failed makes a test"),
                obstacles(kind(
                        "",
                        "wait 1h",
                        Map.of(),
                        journey -> journey.cancelledAfter(2).go())));
        assertEquals(
                List.of(
                        "`b` was left out, because another run had done it for its `once per` key, and the runs of a test"
                                + " are the first"),
                obstacles(kind(
                        "",
                        "step b = " + CALL + " { once per \"k\" within 1h }\nreturn b === null",
                        Map.of("b", List.of("skip")),
                        Journey::go)));
    }

    /// The call is still under way when the event comes.
    private static void lost(Journey journey) {
        journey.told(new Message.Resume("nothing, which begins it"));
        event(journey, 1, "2");
    }

    private static List<String> obstacles(Kind kind) {
        var plan = Texts.plan(text(kind));
        return Recording.obstacles(
                plan,
                RunViewJson.of(
                        Journey.RUN, History.of(plan, Journey.RUN, journey(kind).frames())));
    }

    private static void passes(Kind kind) {
        var plan = Texts.plan(text(kind));
        var view = RunViewJson.of(
                Journey.RUN, History.of(plan, Journey.RUN, journey(kind).frames()));
        assertTrue(
                view.get("status") instanceof StringValue(String status) && !status.equals("waiting"),
                () -> String.valueOf(view));
        assertEquals(List.of(), Recording.obstacles(plan, view));
        List<String> complaints = new ArrayList<>();
        for (boolean timed : new boolean[] {false, true}) {
            String block = Formatter.format(
                            new Source("recorded", Recording.of(plan, view, new Recording.Style(timed, false))))
                    .text();
            complaints = complaints(kind, block);
            if (complaints.isEmpty()) {
                return;
            }
        }
        assertEquals(List.of(), complaints);
    }

    private static List<String> complaints(Kind kind, String block) {
        var source = new Source("test.weir", text(kind) + "\n" + block);
        var compiled = new Compiler(StandardCatalog.catalog()).compile(source, Files.NONE);
        assertTrue(!compiled.hasErrors(), () -> compiled.diagnostics() + "\n" + block);
        var runner = new TestRunner(source, compiled.library(), compiled.graphs(), RecordValue.EMPTY, Texts.NO_SCRIPTS);
        return runner.run(compiled.tests().getLast()).failures().stream()
                .map(failure -> failure + " in\n" + block)
                .toList();
    }
}
