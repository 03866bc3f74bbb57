package weir.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import weir.value.RecordValue;
import weir.value.Value;

/// Whether the server lives (`/health/live`) and whether it can take work (`/health/ready`, also `/health`), part by
/// part. Open, and says nothing but the names of parts and whether they are up.
final class HealthApi implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HealthApi.class.getName());
    private static final int PATIENCE_SECONDS = 3;

    private final Map<String, Backend.Check> checks;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopping;

    HealthApi(Map<String, Backend.Check> checks) {
        this.checks = new TreeMap<>(checks);
    }

    /// From now on the server says that it is not ready, so that nobody sends it more.
    void stop() {
        stopping = true;
    }

    void routes(Routes routes) {
        routes.open("GET", "/health", this::ready)
                .open("GET", "/health/ready", this::ready)
                .open("GET", "/health/live", exchange -> exchange.answer(RecordValue.of("status", Value.of("up"))));
    }

    private void ready(Exchange exchange) throws InterruptedException {
        var looks = new TreeMap<String, Future<?>>();
        checks.forEach((name, check) -> looks.put(name, threads.submit(() -> {
            check.look();
            return null;
        })));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean up = !stopping;
        var parts = RecordValue.builder();
        for (var look : looks.entrySet()) {
            boolean good = good(look.getKey(), look.getValue(), deadline - System.nanoTime());
            up &= good;
            parts.put(look.getKey(), Value.of(good ? "up" : "down"));
        }
        exchange.answer(
                up ? 200 : 503,
                RecordValue.builder()
                        .put("status", Value.of(stopping ? "stopping" : up ? "up" : "down"))
                        .put("parts", parts.build())
                        .build());
    }

    private static boolean good(String name, Future<?> look, long patienceNanos) throws InterruptedException {
        try {
            look.get(Math.max(0, patienceNanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException slow) {
            look.cancel(true);
            LOG.log(System.Logger.Level.WARNING, "health: {0} does not answer within {1} s", name, PATIENCE_SECONDS);
            return false;
        } catch (java.util.concurrent.ExecutionException failed) {
            LOG.log(System.Logger.Level.WARNING, "health: {0} is down: {1}", name, failed.getCause());
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
