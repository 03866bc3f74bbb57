package weir.eval;

import java.util.List;
import java.util.stream.Stream;
import weir.graph.Expr.BinaryOperator;
import weir.value.NumberValue;
import weir.value.StringValue;
import weir.value.Value;

/// A compiled cell of a table: a test of a column's value. A comparison holds only between two numbers or two texts, so
/// nothing that is missing slips into a range.
sealed interface Cells {
    boolean holds(Value value, Activation activation);

    /// Whether the answer depends on the column's value only.
    boolean isFixed();

    /// The constants it compares with.
    Stream<Value> constants();

    record Any() implements Cells {
        @Override
        public boolean holds(Value value, Activation activation) {
            return true;
        }

        @Override
        public boolean isFixed() {
            return true;
        }

        @Override
        public Stream<Value> constants() {
            return Stream.empty();
        }
    }

    record Tests(boolean negated, List<Cells> tests) implements Cells {
        @Override
        public boolean holds(Value value, Activation activation) {
            for (var test : tests) {
                if (test.holds(value, activation)) {
                    return !negated;
                }
            }
            return negated;
        }

        @Override
        public boolean isFixed() {
            return tests.stream().allMatch(Cells::isFixed);
        }

        @Override
        public Stream<Value> constants() {
            return tests.stream().flatMap(Cells::constants);
        }
    }

    record Equal(Code other) implements Cells {
        @Override
        public boolean holds(Value value, Activation activation) {
            var wanted = other.run(activation);
            try {
                return Coercion.isStrictlyEqual(value, wanted);
            } catch (Failure failure) {
                throw failure.at(other.at);
            }
        }

        @Override
        public boolean isFixed() {
            return other.constant() != null;
        }

        @Override
        public Stream<Value> constants() {
            return Stream.ofNullable(other.constant());
        }
    }

    record Compare(BinaryOperator operator, Code other) implements Cells {
        @Override
        public boolean holds(Value value, Activation activation) {
            return compare(operator, value, other.run(activation));
        }

        @Override
        public boolean isFixed() {
            return other.constant() != null;
        }

        @Override
        public Stream<Value> constants() {
            return Stream.ofNullable(other.constant());
        }
    }

    record Range(Code from, Code to, boolean closed) implements Cells {
        @Override
        public boolean holds(Value value, Activation activation) {
            return compare(BinaryOperator.GREATER_EQUAL, value, from.run(activation))
                    && compare(closed ? BinaryOperator.LESS_EQUAL : BinaryOperator.LESS, value, to.run(activation));
        }

        @Override
        public boolean isFixed() {
            return from.constant() != null && to.constant() != null;
        }

        @Override
        public Stream<Value> constants() {
            return Stream.of(from, to).flatMap(code -> Stream.ofNullable(code.constant()));
        }
    }

    record Condition(Code condition) implements Cells {
        @Override
        public boolean holds(Value value, Activation activation) {
            return condition.truth(activation);
        }

        @Override
        public boolean isFixed() {
            return false;
        }

        @Override
        public Stream<Value> constants() {
            return Stream.empty();
        }
    }

    private static boolean compare(BinaryOperator operator, Value value, Value other) {
        if (value instanceof NumberValue(double a) && other instanceof NumberValue(double b)) {
            return Operators.holds(operator, a, b);
        }
        return value instanceof StringValue(String a)
                && other instanceof StringValue(String b)
                && Operators.holds(operator, a.compareTo(b), 0);
    }
}
