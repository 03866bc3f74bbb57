package weir.server;

import weir.store.postgres.PostgresStore;

/// How the store keeps and forgets, as metrics.
public final class StoreMetrics {
    private StoreMetrics() {}

    public static void tell(Metrics metrics, PostgresStore store) {
        metrics.counted(
                "weir_runs_forgotten_total",
                "Ended runs that this process forgot because their retention was over.",
                "status",
                store::forgotten);
        metrics.gauge(
                "weir_default_partition_rows",
                "Rows of runs and journals that lie in no month's partition. Must be 0.",
                store::strayRows);
    }
}
