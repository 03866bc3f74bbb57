package weir.engine;

/// What a run can be told from outside.
public sealed interface Message {
    /// @param reason who wants it and why, for the journal
    record Cancel(String reason) implements Message {}

    /// Go on from the failed step of a parked run.
    record Resume(String reason) implements Message {}
}
