package weir.server;

import weir.sandbox.Processes;

/// How the processes are that run scripts, as metrics.
public final class ScriptMetrics {
    private ScriptMetrics() {}

    public static void tell(Metrics metrics, Processes processes) {
        metrics.gauge(
                "weir_script_processes",
                "Processes that run scripts of an organisation.",
                () -> processes.counts().serving());
        metrics.gauge(
                "weir_script_processes_spare",
                "Processes for scripts that are ready and belong to nobody.",
                () -> processes.counts().spare());
        metrics.gauge(
                "weir_scripts_waiting",
                "Scripts that wait for a process.",
                () -> processes.counts().waiting());
        metrics.gauge(
                "weir_scripts_assigned",
                "Scripts that a process is running or has next.",
                () -> processes.counts().assigned());
        metrics.counted(
                "weir_script_processes_started_total",
                "Processes for scripts that were started.",
                () -> processes.counts().started());
        metrics.counted(
                "weir_script_processes_ended_total",
                "Processes for scripts that ended, and why.",
                "reason",
                () -> processes.counts().ended());
    }
}
