package weir.worker;

/// What a key that must start only one run is unique in. A number of the store: the workflow's id and what kind of key
/// it is.
public enum OnceScope {
    IDEMPOTENCY_KEY(0),
    DELIVERY(1),
    TICK(2),
    /// An event that starts a workflow.
    EVENT(3),
    /// The workflow's own `once per`.
    WORKFLOW(4);

    private static final int KINDS = 8;

    /// Stored: never to be changed.
    private final int number;

    OnceScope(int number) {
        this.number = number;
    }

    /// @param workflow its id in the store
    public int of(int workflow) {
        return workflow * KINDS + number;
    }
}
