package weir.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import weir.sandbox.Isolation;
import weir.sandbox.Processes;
import weir.sandbox.Sandbox;
import weir.sandbox.Tenants;
import weir.server.Backend;
import weir.server.Config;
import weir.server.Metrics;
import weir.server.ScriptMetrics;

/// Where the scripts of a server run: in its own threads while it is one person's, else in processes.
///
/// | variable | meaning |
/// | --- | --- |
/// | `WEIR_SANDBOX_ISOLATION` | `auto`, `threads` or `processes` |
/// | `WEIR_SANDBOX_PROCESSES` | how many processes run scripts at once |
/// | `WEIR_SANDBOX_HEAP_MB` | how much memory the scripts of one process may hold |
/// | `WEIR_SANDBOX_CPU`, `…_TIME`, `…_ALLOCATED`, `…_WORLDS` | what one script may take, see [weir.sandbox.Limits] |
final class Sandboxes {
    private static final System.Logger LOG = System.getLogger(Sandboxes.class.getName());

    private Sandboxes() {}

    /// @param strangers whether others than the one who started this can have scripts run
    static Tenants open(Terminal terminal, boolean strangers) throws Failure {
        var environment = terminal.environment();
        try {
            var isolation = Config.isolation(environment);
            var limits = Config.scripts(environment);
            if (isolation == Isolation.THREADS || (isolation == Isolation.AUTO && !strangers)) {
                LOG.log(System.Logger.Level.INFO, "scripts: in threads of this process");
                return new Sandbox(limits, Settings.budget(terminal));
            }
            var options = Config.processes(environment);
            var processes = new Processes(limits, Settings.budget(terminal), options);
            LOG.log(
                    System.Logger.Level.INFO,
                    "scripts: in up to %d processes of their own, %d MiB of heap each%s"
                            .formatted(options.processes(), options.megabytes(), confinement(processes)));
            return processes;
        } catch (Config.Unusable wrong) {
            throw Failure.missing(Objects.requireNonNull(wrong.getMessage()));
        }
    }

    private static String confinement(Processes processes) {
        var commands = processes.confinement();
        return commands.isEmpty() ? "" : ", confined by " + String.join(", ", commands);
    }

    /// What health and metrics say of them.
    ///
    /// @param checks of the other parts
    static Map<String, Backend.Check> watched(Tenants tenants, Metrics metrics, Map<String, Backend.Check> checks) {
        if (!(tenants instanceof Processes processes)) {
            return checks;
        }
        ScriptMetrics.tell(metrics, processes);
        var all = new HashMap<>(checks);
        all.put("scripts", processes::requireWorking);
        return all;
    }
}
