package weir.eval;

import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// How many locals one program needs; they are counted while it is compiled.
final class Unit {
    private static final Value[] NO_LOCALS = {};
    private static final double[] NO_NUMBERS = {};

    private int locals;
    private int numbers;

    int local() {
        return locals++;
    }

    int number() {
        return numbers++;
    }

    /// For code that keeps its locals elsewhere.
    static Activation bare(@Nullable Frame frame, Evaluation evaluation) {
        return new Activation(frame, evaluation, NO_LOCALS, NO_NUMBERS);
    }

    Activation activation(@Nullable Frame frame, Evaluation evaluation) {
        return new Activation(
                frame,
                evaluation,
                locals == 0 ? NO_LOCALS : new Value[locals],
                numbers == 0 ? NO_NUMBERS : new double[numbers]);
    }
}
