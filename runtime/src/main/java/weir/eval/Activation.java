package weir.eval;

import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// What a running program works on: the run's names, and its own: parameters of arrows and of the function it is.
/// Arrows never outlive the call they are handed to, so each has its fixed places here and needs no frame.
final class Activation {
    /// For code that does not depend on anything.
    static final Activation NONE = new Activation(
            null,
            new Evaluation(
                    what -> {
                        throw new IllegalStateException("nothing is drawn here");
                    },
                    0),
            new Value[0],
            new double[0]);

    final @Nullable Frame frame;
    final Evaluation evaluation;
    final Value[] locals;
    /// Parameters that are known to be numbers.
    final double[] numbers;

    Activation(@Nullable Frame frame, Evaluation evaluation, Value[] locals, double[] numbers) {
        this.frame = frame;
        this.evaluation = evaluation;
        this.locals = locals;
        this.numbers = numbers;
    }
}
