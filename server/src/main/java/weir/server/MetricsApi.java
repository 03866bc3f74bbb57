package weir.server;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import weir.store.Queue;
import weir.worker.Runs;

/// What Prometheus reads; what the worker of this process does is told through [RunMetrics].
final class MetricsApi {
    private static final Header TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    private final Metrics metrics;

    MetricsApi(Metrics metrics, Queue queue, Runs runs) {
        this.metrics = metrics;
        var depth = new Recent(queue);
        metrics.gauge(
                "weir_queue_pending",
                "Runs that are ready and wait for a worker.",
                () -> depth.now().pending());
        metrics.gauge(
                "weir_queue_scheduled",
                "Runs that become ready soon.",
                () -> depth.now().scheduled());
        metrics.gauge(
                "weir_queue_processing",
                "Runs that a worker is taking.",
                () -> depth.now().processing());
        metrics.gauge(
                "weir_queue_oldest_seconds",
                "How long the first ready run has waited.",
                () -> depth.now().oldestAgeMs() / 1e3);
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

    /// One look at the queue serves all of its gauges.
    private static final class Recent {
        private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();
        private final Queue queue;
        private Queue.Depth depth = new Queue.Depth(0, 0, 0, 0);
        private long at = System.nanoTime() - FRESH_NANOS;

        Recent(Queue queue) {
            this.queue = queue;
        }

        synchronized Queue.Depth now() {
            if (System.nanoTime() - at >= FRESH_NANOS) {
                depth = queue.depth();
                at = System.nanoTime();
            }
            return depth;
        }
    }

    void routes(Routes routes) {
        routes.get("/metrics", exchange -> {
            exchange.response().headers().set(TYPE);
            exchange.response().send(metrics.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });
    }
}
