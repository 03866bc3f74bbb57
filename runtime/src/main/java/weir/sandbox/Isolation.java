package weir.sandbox;

/// Where scripts run.
public enum Isolation {
    /// In processes when those who write workflows may not trust each other, else in threads.
    AUTO,
    /// In this process.
    THREADS,
    /// In processes of their own, see [Processes].
    PROCESSES
}
