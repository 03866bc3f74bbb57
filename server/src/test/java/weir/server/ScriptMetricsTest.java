package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import weir.eval.EvaluationError;
import weir.sandbox.Isolation;
import weir.sandbox.Limits;
import weir.sandbox.ProcessOptions;
import weir.sandbox.Processes;

class ScriptMetricsTest {
    @Test
    void operatorsSeeWhatProcessesThereAreAndWhatTheyEndedOf() throws Exception {
        var metrics = new Metrics();
        // The heap ends it, however slow the machine is.
        var limits = Limits.STANDARD
                .with(Limits.Limit.CPU, 60_000)
                .with(Limits.Limit.TIME, 120_000)
                .with(Limits.Limit.ALLOCATED, 4_096);
        try (var processes = new Processes(limits, new ProcessOptions(1, 1, 64, Duration.ofMinutes(1)))) {
            ScriptMetrics.tell(metrics, processes);
            var scripts = processes.of(1);
            var error = assertThrows(
                    EvaluationError.class,
                    () -> scripts.run(
                            "const all = []; for (;;) { all.push(new Array(200000).fill(all.length)) }",
                            List.of(),
                            List.of()));
            assertEquals("limit_memory", error.code());
            scripts.run("return 1", List.of(), List.of());
            processes.requireWorking();
            var text = metrics.text();
            assertTrue(text.contains("\nweir_script_processes 1\n"), text);
            assertTrue(text.contains("\nweir_scripts_waiting 0\n"), text);
            assertTrue(text.contains("\nweir_script_processes_ended_total{reason=\"memory\"} 1\n"), text);
            assertTrue(text.contains("\nweir_script_processes_ended_total{reason=\"died\"} 0\n"), text);
        }
    }

    @Test
    void whereScriptsRunIsReadFromTheEnvironment() throws Exception {
        assertEquals(Isolation.AUTO, Config.isolation(Map.of()));
        assertEquals(Isolation.PROCESSES, Config.isolation(Map.of("WEIR_SANDBOX_ISOLATION", "processes")));
        var wrong = assertThrows(
                Config.Unusable.class, () -> Config.isolation(Map.of("WEIR_SANDBOX_ISOLATION", "containers")));
        assertEquals("WEIR_SANDBOX_ISOLATION must be auto, threads or processes.", wrong.getMessage());
        var options = Config.processes(Map.of("WEIR_SANDBOX_PROCESSES", "1", "WEIR_SANDBOX_HEAP_MB", "256"));
        assertEquals(1, options.processes());
        assertEquals(1, options.processesOfOne());
        assertEquals(256, options.megabytes());
    }

    @Test
    void whatAScriptMayTakeIsReadFromTheEnvironment() throws Exception {
        var limits = Config.scripts(
                Map.of("WEIR_SANDBOX_CPU", "250ms", "WEIR_SANDBOX_ALLOCATED", "64", "WEIR_SANDBOX_WORLDS", "7"));
        assertEquals(Duration.ofMillis(250), limits.cpu());
        assertEquals(Limits.STANDARD.time(), limits.time());
        assertEquals(64L << 20, limits.allocated());
        assertEquals(7, limits.worlds());
        var wrong = assertThrows(Config.Unusable.class, () -> Config.scripts(Map.of("WEIR_SANDBOX_TIME", "for ever")));
        assertEquals(
                "WEIR_SANDBOX_TIME must be a time like 10s or 500ms, from 10 to 600000 ms, not \"for ever\".",
                wrong.getMessage());
    }
}
