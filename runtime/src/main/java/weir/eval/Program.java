package weir.eval;

import weir.value.Value;

/// A compiled expression. Stateless and shared between threads.
public interface Program {
    /// @throws EvaluationError when the expression fails as JavaScript would, or a limit is reached
    Value run(Frame frame, Evaluation evaluation);

    /// Whether it runs on the JVM; else it is handed to the JavaScript sandbox, which takes about a hundred times
    /// longer.
    default boolean isNative() {
        return true;
    }
}
