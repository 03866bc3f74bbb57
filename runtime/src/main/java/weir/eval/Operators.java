package weir.eval;

import org.jspecify.annotations.Nullable;
import weir.graph.Expr.BinaryOperator;
import weir.source.Span;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Code of operators. Both operands are evaluated before either is converted, as ECMAScript has it: which of two
/// failures comes first depends on it.
final class Operators {
    private Operators() {}

    static Code binary(BinaryOperator operator, Code left, Code right, Span at) {
        return switch (operator) {
            case ADD ->
                left.kind() == Code.Kind.NUMBER && right.kind() == Code.Kind.NUMBER
                        ? new Sum(left, right, at)
                        : new Add(left, right, at);
            case MULTIPLY -> new Product(left, right, at);
            case SUBTRACT -> new Difference(left, right, at);
            case DIVIDE, REMAINDER, POWER, BIT_AND, BIT_OR, BIT_XOR, SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED ->
                new Arithmetic(operator, left, right, at);
            case EQUAL -> new Equal(left, right, false, at);
            case NOT_EQUAL -> new Equal(left, right, true, at);
            case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> new Compare(operator, left, right, at);
            case IN -> new In(left, right, at);
            case AND -> new And(left, right, at);
            case OR -> new Or(left, right, at);
            case COALESCE -> new Coalesce(left, right, at);
        };
    }

    /// The sum of two numbers.
    static final class Sum extends Code.Numeric {
        final Code left;
        final Code right;

        Sum(Code left, Code right, Span at) {
            super(at);
            this.left = left;
            this.right = right;
        }

        @Override
        double number(Activation activation) {
            return left.number(activation) + right.number(activation);
        }

        /// What is added to that local, or null when the sum does not begin with it.
        @Nullable
        Code addedTo(int slot) {
            return left instanceof Reads.NumericLocal local && local.slot == slot ? right : null;
        }
    }

    /// `+` of anything.
    static final class Add extends Code {
        final Code left;
        final Code right;

        Add(Code left, Code right, Span at) {
            super(at);
            this.left = left;
            this.right = right;
        }

        @Override
        Value run(Activation activation) {
            return of(left.run(activation), right.run(activation), activation);
        }

        Value of(Value a, Value b, Activation activation) {
            if (a instanceof NumberValue(double x) && b instanceof NumberValue(double y)) {
                return new NumberValue(x + y);
            }
            try {
                return add(a, b, activation.evaluation);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }

        @Override
        double number(Activation activation) {
            return numberOf(left.run(activation), right.run(activation), activation);
        }

        double numberOf(Value a, Value b, Activation activation) {
            if (a instanceof NumberValue(double x) && b instanceof NumberValue(double y)) {
                return x + y;
            }
            try {
                return Coercion.number(add(a, b, activation.evaluation));
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }

        private static Value add(Value left, Value right, Evaluation evaluation) {
            if (left instanceof SecretValue || right instanceof SecretValue) {
                var joiner = new Literals.Joiner(64);
                joiner.add(left);
                joiner.add(right);
                return joiner.joined(evaluation);
            }
            var a = Coercion.primitive(left);
            var b = Coercion.primitive(right);
            if (a instanceof StringValue || b instanceof StringValue) {
                var x = Coercion.text(a);
                var y = Coercion.text(b);
                evaluation.makeText((long) x.length() + y.length());
                return new StringValue(x.concat(y));
            }
            return new NumberValue(Coercion.number(a) + Coercion.number(b));
        }
    }

    static final class Product extends Code.Numeric {
        final Code left;
        final Code right;
        final boolean leftIsNumber;

        Product(Code left, Code right, Span at) {
            super(at);
            this.left = left;
            this.right = right;
            this.leftIsNumber = left.kind() == Kind.NUMBER;
        }

        @Override
        double number(Activation activation) {
            if (leftIsNumber) {
                return left.number(activation) * right.number(activation);
            }
            var a = left.run(activation);
            if (a instanceof NumberValue(double x)) {
                return x * right.number(activation);
            }
            var b = right.run(activation);
            return left.toNumber(a) * right.toNumber(b);
        }
    }

    static final class Difference extends Code.Numeric {
        final Code left;
        final Code right;
        final boolean leftIsNumber;

        Difference(Code left, Code right, Span at) {
            super(at);
            this.left = left;
            this.right = right;
            this.leftIsNumber = left.kind() == Kind.NUMBER;
        }

        @Override
        double number(Activation activation) {
            if (leftIsNumber) {
                return left.number(activation) - right.number(activation);
            }
            var a = left.run(activation);
            if (a instanceof NumberValue(double x)) {
                return x - right.number(activation);
            }
            var b = right.run(activation);
            return left.toNumber(a) - right.toNumber(b);
        }
    }

    /// The rarer operators on numbers.
    static final class Arithmetic extends Code.Numeric {
        final BinaryOperator operator;
        final Code left;
        final Code right;

        Arithmetic(BinaryOperator operator, Code left, Code right, Span at) {
            super(at);
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        double number(Activation activation) {
            if (left.kind() == Kind.NUMBER) {
                return result(left.number(activation), right.number(activation));
            }
            var a = left.run(activation);
            var b = right.run(activation);
            return result(left.toNumber(a), right.toNumber(b));
        }

        double result(double a, double b) {
            return switch (operator) {
                case DIVIDE -> a / b;
                case REMAINDER -> a % b;
                case POWER -> Math.pow(a, b);
                case BIT_AND -> Coercion.int32(a) & Coercion.int32(b);
                case BIT_OR -> Coercion.int32(a) | Coercion.int32(b);
                case BIT_XOR -> Coercion.int32(a) ^ Coercion.int32(b);
                case SHIFT_LEFT -> Coercion.int32(a) << Coercion.int32(b);
                case SHIFT_RIGHT -> Coercion.int32(a) >> Coercion.int32(b);
                case SHIFT_RIGHT_UNSIGNED -> Coercion.uint32(a) >>> (Coercion.int32(b) & 31);
                default -> throw new IllegalStateException(operator + " is not arithmetic");
            };
        }
    }

    static final class Equal extends Code.Logical {
        final Code left;
        final Code right;
        final boolean negated;

        Equal(Code left, Code right, boolean negated, Span at) {
            super(at);
            this.left = left;
            this.right = right;
            this.negated = negated;
        }

        @Override
        boolean truth(Activation activation) {
            return of(left.run(activation), right.run(activation));
        }

        boolean of(Value a, Value b) {
            try {
                return Coercion.isStrictlyEqual(a, b) != negated;
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    static final class Compare extends Code.Logical {
        final BinaryOperator operator;
        final Code left;
        final Code right;
        final boolean numbers;

        Compare(BinaryOperator operator, Code left, Code right, Span at) {
            super(at);
            this.operator = operator;
            this.left = left;
            this.right = right;
            this.numbers = left.kind() == Kind.NUMBER && right.kind() == Kind.NUMBER;
        }

        @Override
        boolean truth(Activation activation) {
            if (numbers) {
                return holds(operator, left.number(activation), right.number(activation));
            }
            return of(left.run(activation), right.run(activation));
        }

        boolean of(Value a, Value b) {
            if (a instanceof NumberValue(double x) && b instanceof NumberValue(double y)) {
                return holds(operator, x, y);
            }
            try {
                return compare(operator, Coercion.primitive(a), Coercion.primitive(b));
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }

        private static boolean compare(BinaryOperator operator, Value a, Value b) {
            if (a instanceof StringValue(String x) && b instanceof StringValue(String y)) {
                return holds(operator, x.compareTo(y), 0);
            }
            return holds(operator, Coercion.number(a), Coercion.number(b));
        }
    }

    static boolean holds(BinaryOperator operator, double a, double b) {
        return switch (operator) {
            case LESS -> a < b;
            case LESS_EQUAL -> a <= b;
            case GREATER -> a > b;
            case GREATER_EQUAL -> a >= b;
            default -> throw new IllegalStateException(operator + " compares nothing");
        };
    }

    static final class In extends Code.Logical {
        final Code left;
        final Code right;

        In(Code left, Code right, Span at) {
            super(at);
            this.left = left;
            this.right = right;
        }

        @Override
        boolean truth(Activation activation) {
            return of(left.run(activation), right.run(activation));
        }

        boolean of(Value key, Value object) {
            try {
                if (!(object instanceof RecordValue || object instanceof ListValue)) {
                    throw Failure.type("`in` needs a record or a list on its right side, not " + Shown.value(object));
                }
                var name = Coercion.text(key);
                return Members.own(object, name) != null || Members.inherits(object, name);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    static final class And extends Code {
        final Code left;
        final Code right;

        And(Code left, Code right, Span at) {
            super(at);
            this.left = left;
            this.right = right;
        }

        @Override
        Kind kind() {
            return left.kind() == right.kind() ? left.kind() : Kind.ANY;
        }

        @Override
        Value run(Activation activation) {
            var value = left.run(activation);
            return truthOf(value, left) ? right.run(activation) : value;
        }

        @Override
        boolean truth(Activation activation) {
            return left.truth(activation) && right.truth(activation);
        }
    }

    static final class Or extends Code {
        final Code left;
        final Code right;

        Or(Code left, Code right, Span at) {
            super(at);
            this.left = left;
            this.right = right;
        }

        @Override
        Kind kind() {
            return left.kind() == right.kind() ? left.kind() : Kind.ANY;
        }

        @Override
        Value run(Activation activation) {
            var value = left.run(activation);
            return truthOf(value, left) ? value : right.run(activation);
        }

        @Override
        boolean truth(Activation activation) {
            return left.truth(activation) || right.truth(activation);
        }
    }

    static boolean truthOf(Value value, Code code) {
        try {
            return Coercion.truth(value);
        } catch (Failure failure) {
            throw failure.at(code.at);
        }
    }

    static final class Coalesce extends Code {
        final Code left;
        final Code right;

        Coalesce(Code left, Code right, Span at) {
            super(at);
            this.left = left;
            this.right = right;
        }

        @Override
        Kind kind() {
            return left.kind() == right.kind() ? left.kind() : Kind.ANY;
        }

        @Override
        Value run(Activation activation) {
            var value = left.run(activation);
            return value.isMissing() ? right.run(activation) : value;
        }
    }

    static final class Choice extends Code {
        final Code condition;
        final Code yes;
        final Code no;

        Choice(Code condition, Code yes, Code no, Span at) {
            super(at);
            this.condition = condition;
            this.yes = yes;
            this.no = no;
        }

        @Override
        Kind kind() {
            return yes.kind() == no.kind() ? yes.kind() : Kind.ANY;
        }

        @Override
        Value run(Activation activation) {
            return condition.truth(activation) ? yes.run(activation) : no.run(activation);
        }

        @Override
        double number(Activation activation) {
            return condition.truth(activation) ? yes.number(activation) : no.number(activation);
        }

        @Override
        boolean truth(Activation activation) {
            return condition.truth(activation) ? yes.truth(activation) : no.truth(activation);
        }
    }

    static final class Not extends Code.Logical {
        final Code operand;

        Not(Code operand, Span at) {
            super(at);
            this.operand = operand;
        }

        @Override
        boolean truth(Activation activation) {
            return !operand.truth(activation);
        }
    }

    /// `-`, `+` or `~`.
    static final class Signed extends Code.Numeric {
        final char sign;
        final Code operand;

        Signed(char sign, Code operand, Span at) {
            super(at);
            this.sign = sign;
            this.operand = operand;
        }

        Code operand() {
            return operand;
        }

        @Override
        double number(Activation activation) {
            double number = operand.number(activation);
            return switch (sign) {
                case '-' -> -number;
                case '~' -> ~Coercion.int32(number);
                default -> number;
            };
        }
    }

    static final class TypeOf extends Code {
        final Code operand;

        TypeOf(Code operand, Span at) {
            super(at);
            this.operand = operand;
        }

        @Override
        Value run(Activation activation) {
            return of(operand.run(activation));
        }

        Value of(Value value) {
            return new StringValue(
                    switch (value) {
                        case NumberValue _ -> "number";
                        case StringValue _ -> "string";
                        case BooleanValue _ -> "boolean";
                        case UndefinedValue _ -> "undefined";
                        case NullValue _ -> "object";
                        case ListValue _, RecordValue _ -> "object";
                        case SecretValue _ -> throw Coercion.secret().at(at);
                    });
        }
    }
}
