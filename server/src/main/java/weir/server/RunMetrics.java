package weir.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import weir.store.Views;
import weir.worker.Observer;

/// What the worker of this process tells, as metrics.
public final class RunMetrics implements Observer {
    private final Metrics.Counter ended;
    private final Metrics.Histogram durations;
    private final Metrics.Counter reconciled;
    private final AtomicLong withoutWakeup = new AtomicLong();

    public RunMetrics(Metrics metrics) {
        ended = metrics.counter("weir_runs_ended_total", "Runs that ended or were parked.", "workflow", "status");
        durations = metrics.histogram(
                "weir_run_seconds", "From the start of a run to its end.", Metrics.Histogram.SECONDS, "workflow");
        reconciled = metrics.counter("weir_reconciled_total", "What the reconciler repaired.", "what");
        metrics.gauge(
                "weir_runs_without_wakeup",
                "Runs that were due for a minute and that the queue did not know, at the last look. Must be 0.",
                withoutWakeup::doubleValue);
    }

    @Override
    public void settled(String workflow, Views.State state, Instant startedAt, Instant at) {
        ended.increment(workflow, state == Views.State.PARKED ? "parked" : Documents.status(state));
        durations
                .with(workflow)
                .observeNanos(Math.max(0, Duration.between(startedAt, at).toNanos()));
    }

    @Override
    public void reconciled(int missing, int stray, int freed, int expired) {
        withoutWakeup.set(stray);
        reconciled.with("stray").add(stray);
        reconciled.with("missing").add(missing);
        reconciled.with("freed").add(freed);
        reconciled.with("expired").add(expired);
    }
}
