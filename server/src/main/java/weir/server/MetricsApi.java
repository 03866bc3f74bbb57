package weir.server;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.lang.management.ManagementFactory;
import weir.worker.Runs;

/// What Prometheus reads; what the worker of this process does is told through [RunMetrics].
final class MetricsApi {
    private static final Header TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    private final Metrics metrics;

    MetricsApi(Metrics metrics, QueueDepth depth, Runs runs) {
        this.metrics = metrics;
        metrics.gauge(
                "weir_queue_pending",
                "Runs that are ready and wait for a worker.",
                () -> depth.last().pending());
        metrics.gauge(
                "weir_queue_scheduled",
                "Runs that become ready soon.",
                () -> depth.last().scheduled());
        metrics.gauge(
                "weir_queue_processing",
                "Runs that a worker is taking.",
                () -> depth.last().processing());
        metrics.gauge(
                "weir_queue_oldest_seconds",
                "How long the first ready run has waited.",
                () -> depth.last().oldestAgeMs() / 1e3);
        metrics.counted(
                "weir_journal_commits_total",
                "Commits of starts and appends.",
                () -> runs.written().commits());
        metrics.counted(
                "weir_journal_items_total",
                "Starts and appends in these commits; by weir_journal_commits_total: the size of a batch.",
                () -> runs.written().items());
        metrics.gauge(
                "weir_journal_waiting",
                "Starts and appends that wait for their commit.",
                () -> runs.written().waiting());
        var runtime = ManagementFactory.getRuntimeMXBean();
        metrics.gauge("weir_uptime_seconds", "Since the process began.", () -> runtime.getUptime() / 1e3);
        metrics.gauge(
                "weir_memory_used_bytes",
                "Heap in use.",
                () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }

    void routes(Routes routes) {
        routes.get("/metrics", exchange -> {
            exchange.response().headers().set(TYPE);
            exchange.response().send(metrics.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });
    }
}
