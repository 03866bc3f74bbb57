package weir.eval;

import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.value.NumberValue;
import weir.value.Value;

/// A compiled expression: a tree of these is a closure. Immutable but for its inline caches, shared between threads.
abstract class Code {
    /// What is known about the values before running.
    enum Kind {
        ANY,
        NUMBER,
        BOOLEAN
    }

    final Span at;

    Code(Span at) {
        this.at = at;
    }

    abstract Value run(Activation activation);

    /// Runs as a program of its own.
    Value start(@Nullable Frame frame, Evaluation evaluation, Unit unit) {
        return run(unit.activation(frame, evaluation));
    }

    Kind kind() {
        return Kind.ANY;
    }

    /// The value as ECMAScript's ToNumber has it, without a box where the code can do without.
    double number(Activation activation) {
        return toNumber(run(activation));
    }

    /// The value as ECMAScript's ToBoolean has it.
    boolean truth(Activation activation) {
        try {
            return Coercion.truth(run(activation));
        } catch (Failure failure) {
            throw failure.at(at);
        }
    }

    /// As [#run], or null when a `?.` in this chain of members found nothing.
    @Nullable
    Value link(Activation activation) {
        return run(activation);
    }

    final double toNumber(Value value) {
        if (value instanceof NumberValue(double number)) {
            return number;
        }
        try {
            return Coercion.number(value);
        } catch (Failure failure) {
            throw failure.at(at);
        }
    }

    /// The value when it does not depend on anything, else null.
    @Nullable
    Value constant() {
        return null;
    }

    /// Code whose results are always numbers.
    abstract static class Numeric extends Code {
        Numeric(Span at) {
            super(at);
        }

        @Override
        Kind kind() {
            return Kind.NUMBER;
        }

        @Override
        abstract double number(Activation activation);

        @Override
        Value run(Activation activation) {
            return new NumberValue(number(activation));
        }

        @Override
        boolean truth(Activation activation) {
            double number = number(activation);
            return number != 0 && !Double.isNaN(number);
        }
    }

    /// Code whose results are always truth values.
    abstract static class Logical extends Code {
        Logical(Span at) {
            super(at);
        }

        @Override
        Kind kind() {
            return Kind.BOOLEAN;
        }

        @Override
        abstract boolean truth(Activation activation);

        @Override
        Value run(Activation activation) {
            return Value.of(truth(activation));
        }

        @Override
        double number(Activation activation) {
            return truth(activation) ? 1 : 0;
        }
    }
}
