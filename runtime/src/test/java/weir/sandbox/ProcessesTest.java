package weir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.value.ListValue;
import weir.value.Value;

/// Scripts of organisations that do not trust each other cost each other nothing.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ProcessesTest {
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(60), 1L << 30, 5_000_000, 1);
    private static final Processes PROCESSES =
            new Processes(LIMITS, new ProcessOptions(3, 1, 64, Duration.ofMinutes(1)));
    private static final ExecutorService CALLERS = Executors.newVirtualThreadPerTaskExecutor();

    /// Holds more than the heap of a process, and is quick about it.
    private static final String HOG = "const all = []; for (;;) { all.push(new Array(200000).fill(all.length)) }";

    @AfterAll
    static void close() {
        CALLERS.close();
        PROCESSES.close();
    }

    private static Value run(int organisation, String body, Value... arguments) {
        return PROCESSES.of(organisation).run(body, List.of("a", "b").subList(0, arguments.length), List.of(arguments));
    }

    private static String failure(int organisation, String body) {
        return assertThrows(EvaluationError.class, () -> run(organisation, body))
                .code();
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertTrue(condition.getAsBoolean());
    }

    @Test
    void aScriptThatFillsItsHeapEndsAlone() throws Exception {
        assertEquals(Value.of(2), run(1, "return a + 1", Value.of(1)));
        var hog = CALLERS.submit(() -> failure(1, HOG));
        var behind = new ArrayList<Future<Value>>();
        for (int i = 0; i < 40; i++) {
            var n = Value.of(i);
            behind.add(CALLERS.submit(() -> run(1, "return a", n)));
        }
        for (int i = 0; i < 40; i++) {
            assertEquals(Value.of(i), behind.get(i).get());
        }
        assertEquals("limit_memory", hog.get());
        assertTrue(PROCESSES.counts().ended().get("memory") >= 1);
    }

    @Test
    void whatIsLetGoOfIsNotHeld() {
        assertEquals(
                Value.of(100 * 500_000),
                run(1, "let n = 0; for (let i = 0; i < 100; i++) { n += new Array(500000).fill(i).length } return n"));
    }

    @Test
    void anEndlessLoopEndsAlone() {
        assertEquals("limit_time", failure(1, "for (;;) {}"));
        assertEquals(Value.of(3), run(1, "return 3"));
    }

    @Test
    void aProcessThatIsKilledIsReplacedAndItsScriptsRunAgain() throws Exception {
        run(2, "return 1");
        var slow = "let n = 0; for (let i = 0; i < 30000; i++) { n += i } return a";
        var results = new ArrayList<Future<Value>>();
        for (int i = 0; i < 100; i++) {
            var n = Value.of(i);
            results.add(CALLERS.submit(() -> run(2, slow, n)));
        }
        results.get(10).get();
        children().forEach(ProcessHandle::destroyForcibly);
        for (int i = 0; i < 100; i++) {
            assertEquals(Value.of(i), results.get(i).get());
        }
        assertTrue(PROCESSES.counts().ended().get("died") >= 1);
    }

    @Test
    void aScriptWhoseFunctionsWereCalledIsNotTriedAgain() {
        var script = new Script("return $f_once()", List.of(), List.of("$f_once"));
        var calls = new ArrayList<String>();
        Scripts.Host host = (function, values) -> {
            calls.add(function);
            children().forEach(ProcessHandle::destroyForcibly);
            return Value.of(1);
        };
        var error = assertThrows(EvaluationError.class, () -> PROCESSES.of(4).run(script, List.of(), host));
        assertEquals("script_error", error.code());
        assertEquals(List.of("$f_once"), calls);
    }

    @Test
    void anOrganisationHasItsProcessesToItself() throws Exception {
        for (int organisation = 10; organisation < 14; organisation++) {
            assertEquals(Value.of(organisation), run(organisation, "return a", Value.of(organisation)));
        }
        // More organisations than processes take turns.
        await(() -> PROCESSES.counts().serving() <= 3);
        assertTrue(PROCESSES.counts().ended().get("retired") >= 1);
    }

    @Test
    void oneThatAlwaysHasScriptsLeavesOthersTheirTurn() throws Exception {
        try (var processes = new Processes(LIMITS, new ProcessOptions(1, 1, 64, Duration.ofMinutes(1)))) {
            var over = new AtomicBoolean();
            var busy = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 4; i++) {
                busy.add(CALLERS.submit(() -> {
                    int ran = 0;
                    for (; !over.get(); ran++) {
                        processes.of(1).run("return 1", List.of(), List.of());
                    }
                    return ran;
                }));
            }
            for (int i = 0; i < 2; i++) {
                assertEquals(Value.of(i), processes.of(2).run("return a", List.of("a"), List.of(Value.of(i))));
            }
            over.set(true);
            for (var one : busy) {
                assertTrue(one.get() > 0);
            }
        }
    }

    @Test
    void oneThatFillsItsHeapDoesNotDisturbAnother() throws Exception {
        run(20, "return 1");
        run(21, "return 1");
        var hogs = CALLERS.submit(() -> {
            for (int i = 0; i < 2; i++) {
                assertEquals("limit_memory", failure(20, HOG));
            }
            return 0;
        });
        var before = PROCESSES.counts();
        int ran = 0;
        do {
            assertEquals(Value.of(ran), run(21, "return a", Value.of(ran)));
            ran++;
        } while (!hogs.isDone());
        hogs.get();
        System.out.println(ran + " scripts of the other organisation ran meanwhile, " + before);
        assertTrue(ran > 3, "only " + ran);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessSeesNoEnvironmentAndIsInAnEmptyFolder() throws Exception {
        run(1, "return 1");
        var children = children();
        assertFalse(children.isEmpty());
        for (var child : children) {
            var folder = Path.of("/proc/" + child.pid());
            assertEquals(0, Files.readAllBytes(folder.resolve("environ")).length);
            assertEquals(
                    "900", Files.readString(folder.resolve("oom_score_adj")).strip());
            try (var files = Files.list(folder.resolve("cwd"))) {
                assertEquals(0, files.count());
            }
        }
    }

    @Test
    void scriptsThatFunctionsAskForRunInTheSameProcess() {
        var inner = new Script("return a * 2", List.of("a"), List.of());
        var outer =
                new Script("return [$f_inner($f_inner(a)), time.add(b, 1000)]", List.of("a", "b"), List.of("$f_inner"));
        var scripts = PROCESSES.of(1);
        Scripts.Host host = (function, values) -> function.equals("$f_inner")
                ? scripts.run(inner, values, (name, none) -> Value.of(0))
                : Value.of(function);
        assertEquals(
                ListValue.of(Value.of(20), Value.of("time.add")),
                scripts.run(outer, List.of(Value.of(5), Value.of("x")), host));
    }

    @Test
    void whatIsTooMuchForThePipeIsRefused() {
        var text = Value.of("é".repeat(4_000_000));
        assertEquals(Value.of(4_000_000), run(1, "return a.length", text));
        var error = assertThrows(EvaluationError.class, () -> run(1, "return 1", ListValue.of(text, text, text, text)));
        assertEquals("limit_size", error.code());
    }

    @Test
    void nothingIsLeftAfterClosing() throws Exception {
        var before = children();
        try (var processes = new Processes(LIMITS, ProcessOptions.STANDARD)) {
            processes.of(1).run("return 1", List.of(), List.of());
            assertTrue(children().size() > before.size());
        }
        await(() -> before.containsAll(children()));
    }
}
