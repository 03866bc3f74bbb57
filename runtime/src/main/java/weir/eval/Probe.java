package weir.eval;

import weir.source.Span;

/// Hears which expressions are evaluated: what coverage is made of. Expressions of a run are told when they begin, the
/// two sides of `? :` when they are taken.
public interface Probe {
    void reached(Span at);

    /// An expression ran in the sandbox, where nobody sees which way it goes.
    void unseen(Span at);

    /// Whether a function is one of those that are looked at.
    boolean watches(String function);
}
