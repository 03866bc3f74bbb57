package weir.model;

/// What it means to perform an action again: the base of the rules on retries, keys and undo.
public enum Effect {
    /// Nothing changes outside; may be repeated and left out.
    PURE,
    /// Doing it twice is doing it once.
    IDEMPOTENT,
    /// Doing it twice may matter; retries need an idempotency key.
    UNSAFE
}
