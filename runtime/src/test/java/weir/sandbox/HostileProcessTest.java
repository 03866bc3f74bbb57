package weir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.value.Json;
import weir.value.Value;

/// A process that was taken over can give wrong results to the organisation that took it over, and do nothing else.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HostileProcessTest {
    private static final Limits LIMITS =
            new Limits(Duration.ofMillis(500), Duration.ofMillis(1_500), 64 << 20, 5_000_000, 1);

    /// Of the slow one it is certain that it is still being performed when the next call comes.
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private static final Scripts.Host HOST = (function, values) -> {
        try {
            var _ = function.equals("$f_slow") && NEVER.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return Value.of(function + " was called");
    };

    @TempDir
    static Path folder;

    private static ProcessPool pool(String how) {
        var command = ChildCommand.of(32, folder, List.of(HostileChild.class.getName(), how));
        return new ProcessPool(new ProcessOptions(1, 1, 32, Duration.ofMinutes(1)), LIMITS, command);
    }

    private static String outcome(ProcessPool pool, String argument) {
        var script = new Script("return a", List.of("a"), List.of("$f_public", "$f_slow"));
        var request = new Request(1, LIMITS, script, Border.arguments(List.of(Value.of(argument))), HOST);
        pool.submit(1, request);
        try {
            return Json.text(request.await());
        } catch (EvaluationError error) {
            return error.code() + ": " + error.sentence();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '⇒', textBlock = """
            behaves ⇒ ["given"]
            floods ⇒ script_error: the process that ran
            announces more than there is ⇒ script_error: the process that ran
            sends a Java object ⇒ script_error: the process that ran
            answers another ⇒ script_error: the process that ran
            answers twice ⇒ 1
            answers with nothing ⇒ script_error: the process that ran
            gives orders ⇒ script_error: the process that ran
            is ready again ⇒ script_error: the process that ran
            calls twice at once ⇒ script_error: the process that ran
            calls for another ⇒ script_error: the process that ran
            calls without end ⇒ limit_time: this script did not stop
            does not answer ⇒ limit_time: this script did not stop
            burns ⇒ limit_time: this script did not stop
            does not read ⇒ limit_time: this script did not stop
            gives what is no JSON ⇒ limit_size: the script's result
            complains in a strange way ⇒ script_error:
            gives a secret ⇒ type_error: secrets never
            calls what it may not ⇒ type_error: there is no function
            calls with a secret ⇒ type_error: secrets never
            calls with nonsense ⇒ script_error: $f_public failed
            dies at once ⇒ script_error: no process for JavaScript
            """)
    void harmStaysInTheProcess(String how, String expected) {
        try (var pool = pool(how)) {
            String outcome = outcome(pool, "given");
            assertTrue(outcome.startsWith(expected), outcome);
        }
    }

    @Test
    void aProcessThatDoesNotReadHoldsNobodyUpForLong() throws Exception {
        try (var pool = pool("does not read")) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofPlatform().start(() -> outcome(pool, "x".repeat(100_000))));
            }
            Thread.sleep(500);
            pool.close();
            for (var thread : threads) {
                assertTrue(thread.join(Duration.ofSeconds(60)));
            }
        }
    }

    @Test
    void processesThatDoNotStartBehindWhatConfinesThemAreStartedWithout() throws Exception {
        var command = ChildCommand.of(32, folder, List.of(HostileChild.class.getName(), "behaves"));
        var bad = command.behind(List.of("/bin/false"));
        try (var pool = new ProcessPool(new ProcessOptions(1, 1, 32, Duration.ofMinutes(1)), LIMITS, bad)) {
            assertEquals("[\"given\"]", outcome(pool, "given"));
            assertEquals(List.of(), pool.confinement());
        }
    }

    @Test
    void theProcessesOfAServerThatIsKilledEnd() throws Exception {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Doomed.class.getName());
        var server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var said = server.inputReader()) {
            assertEquals("running", said.readLine());
            var children = server.toHandle().children().toList();
            assertTrue(children.size() >= 1);
            server.destroyForcibly().waitFor();
            for (var child : children) {
                child.onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    /// A server that is busy with scripts when it is killed.
    public static final class Doomed {
        private Doomed() {}

        public static void main(String[] arguments) throws Exception {
            var limits = new Limits(Duration.ofMinutes(5), Duration.ofMinutes(5), 1L << 40, 1_000, 1);
            var processes = new Processes(limits, ProcessOptions.STANDARD);
            processes.of(1).run("return 1", List.of(), List.of());
            Thread.ofPlatform().start(() -> processes.of(1).run("for (;;) {}", List.of(), List.of()));
            while (processes.counts().assigned() == 0) {
                Thread.sleep(10);
            }
            System.out.println("running");
        }
    }
}
