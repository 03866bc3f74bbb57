package weir.engine;

/// How far a walk through a run came.
enum Progress {
    ENDED,
    /// It waits for something from outside.
    BLOCKED,
    /// Something around it is being left.
    LEFT,
    /// A replay has come to the end of what was decided.
    SUSPENDED
}
