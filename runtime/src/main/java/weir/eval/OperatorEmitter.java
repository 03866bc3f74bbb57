package weir.eval;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import weir.graph.Expr.BinaryOperator;
import weir.value.NumberValue;

/// Emits operators and the functions of numbers. Both operands are evaluated before either is converted.
final class OperatorEmitter {
    private static final ClassDesc COERCION = Emitter.desc(Coercion.class);
    private static final MethodTypeDesc TO_INT = MethodTypeDesc.of(ConstantDescs.CD_int, Emitter.DOUBLE);
    private static final MethodTypeDesc TO_LONG = MethodTypeDesc.of(ConstantDescs.CD_long, Emitter.DOUBLE);
    private static final MethodTypeDesc OF_ONE = MethodTypeDesc.of(Emitter.DOUBLE, Emitter.DOUBLE);
    private static final MethodTypeDesc OF_TWO = MethodTypeDesc.of(Emitter.DOUBLE, Emitter.DOUBLE, Emitter.DOUBLE);

    private final MethodEmitter method;

    OperatorEmitter(MethodEmitter method) {
        this.method = method;
    }

    private CodeBuilder code() {
        return method.code();
    }

    /// Puts the value of an operator whose values have no fixed type.
    void value(Code part) {
        switch (part) {
            case Operators.Add add -> {
                method.value(add.left);
                method.value(add.right);
                code().aload(0);
                method.call(
                        "add",
                        Emitter.VALUE,
                        add,
                        Operators.Add.class,
                        Emitter.VALUE,
                        Emitter.VALUE,
                        Emitter.ACTIVATION);
            }
            case Operators.And and -> either(and.left, and.right, true);
            case Operators.Or or -> either(or.left, or.right, false);
            case Operators.Coalesce coalesce -> coalesce(coalesce);
            case Operators.Choice choice -> {
                var no = code().newLabel();
                var end = code().newLabel();
                method.jump(choice.condition, false, no);
                method.value(choice.yes);
                code().goto_(end).labelBinding(no);
                method.value(choice.no);
                code().labelBinding(end);
            }
            case Operators.TypeOf typeOf -> {
                method.value(typeOf.operand);
                method.call("typeOf", Emitter.VALUE, typeOf, Operators.TypeOf.class, Emitter.VALUE);
            }
            // Default: the outline names what is emitted.
            default -> throw new IllegalStateException(part + " is not emitted");
        }
    }

    /// The left value if its truth is not the one that asks for the right.
    private void either(Code left, Code right, boolean goesOn) {
        var end = code().newLabel();
        method.value(left);
        code().dup();
        method.call("truth", ConstantDescs.CD_boolean, left, Code.class, Emitter.VALUE);
        method.jump(!goesOn, end);
        code().pop();
        method.value(right);
        code().labelBinding(end);
    }

    private void coalesce(Operators.Coalesce coalesce) {
        var end = code().newLabel();
        method.value(coalesce.left);
        code().dup();
        method.call("isMissing", ConstantDescs.CD_boolean, Emitter.VALUE);
        code().ifeq(end).pop();
        method.value(coalesce.right);
        code().labelBinding(end);
    }

    /// Puts a double if this is an operator that gives one.
    boolean number(Code part) {
        switch (part) {
            case Operators.Sum sum -> {
                method.number(sum.left);
                method.number(sum.right);
                code().dadd();
            }
            case Operators.Add add -> {
                method.value(add.left);
                method.value(add.right);
                code().aload(0);
                method.call(
                        "addNumbers",
                        Emitter.DOUBLE,
                        add,
                        Operators.Add.class,
                        Emitter.VALUE,
                        Emitter.VALUE,
                        Emitter.ACTIVATION);
            }
            case Operators.Product product -> operands(product.left, product.right, () -> {}, () -> code().dmul());
            case Operators.Difference difference ->
                operands(difference.left, difference.right, () -> {}, () -> code().dsub());
            case Operators.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Operators.Signed signed -> signed(signed);
            case Operators.Choice choice -> {
                var no = code().newLabel();
                var end = code().newLabel();
                method.jump(choice.condition, false, no);
                method.number(choice.yes);
                code().goto_(end).labelBinding(no);
                method.number(choice.no);
                code().labelBinding(end);
            }
            case Calls.OfOne call -> {
                method.emitter().constant(code(), call.function, DoubleUnaryOperator.class);
                method.number(call.argument);
                code().invokeinterface(Emitter.desc(DoubleUnaryOperator.class), "applyAsDouble", OF_ONE);
            }
            case Calls.OfTwo call -> {
                method.emitter().constant(code(), call.function, DoubleBinaryOperator.class);
                operands(
                        call.first,
                        call.second,
                        () -> {},
                        () -> code().invokeinterface(
                                        Emitter.desc(DoubleBinaryOperator.class), "applyAsDouble", OF_TWO));
            }
            // Default: other code gives no doubles.
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Puts both operands as numbers.
    ///
    /// @param between what happens to the left one before the right one is put
    private void operands(Code left, Code right, Runnable between, Runnable end) {
        if (left.kind() == Code.Kind.NUMBER) {
            method.number(left);
            between.run();
            method.number(right);
        } else if (right.kind() == Code.Kind.NUMBER) {
            method.value(left);
            int a = method.store();
            method.number(right);
            int b = method.variable(TypeKind.DOUBLE);
            code().dstore(b);
            method.toNumber(a, left);
            between.run();
            code().dload(b);
        } else {
            method.value(left);
            int a = method.store();
            method.value(right);
            int b = method.store();
            method.toNumber(a, left);
            between.run();
            method.toNumber(b, right);
        }
        end.run();
    }

    private void arithmetic(Operators.Arithmetic arithmetic) {
        switch (arithmetic.operator) {
            case DIVIDE -> operands(arithmetic.left, arithmetic.right, () -> {}, () -> code().ddiv());
            case REMAINDER -> operands(arithmetic.left, arithmetic.right, () -> {}, () -> code().drem());
            case POWER ->
                operands(
                        arithmetic.left,
                        arithmetic.right,
                        () -> {},
                        () -> code().invokestatic(Emitter.desc(Math.class), "pow", OF_TWO));
            case BIT_AND -> bits(arithmetic, () -> code().iand());
            case BIT_OR -> bits(arithmetic, () -> code().ior());
            case BIT_XOR -> bits(arithmetic, () -> code().ixor());
            case SHIFT_LEFT -> bits(arithmetic, () -> code().ishl());
            case SHIFT_RIGHT -> bits(arithmetic, () -> code().ishr());
            case SHIFT_RIGHT_UNSIGNED ->
                operands(
                        arithmetic.left,
                        arithmetic.right,
                        () -> code().invokestatic(COERCION, "uint32", TO_LONG),
                        () -> code().invokestatic(COERCION, "int32", TO_INT)
                                .bipush(31)
                                .iand()
                                .lushr()
                                .l2d());
            case ADD,
                    SUBTRACT,
                    MULTIPLY,
                    EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_EQUAL,
                    GREATER,
                    GREATER_EQUAL,
                    IN,
                    AND,
                    OR,
                    COALESCE -> throw new IllegalStateException(arithmetic.operator + " has a class of its own");
        }
    }

    private void bits(Operators.Arithmetic arithmetic, Runnable instruction) {
        operands(arithmetic.left, arithmetic.right, () -> code().invokestatic(COERCION, "int32", TO_INT), () -> {
            code().invokestatic(COERCION, "int32", TO_INT);
            instruction.run();
            code().i2d();
        });
    }

    private void signed(Operators.Signed signed) {
        method.number(signed.operand);
        switch (signed.sign) {
            case '-' -> code().dneg();
            case '~' ->
                code().invokestatic(COERCION, "int32", TO_INT)
                        .iconst_m1()
                        .ixor()
                        .i2d();
            default -> {}
        }
    }

    /// Jumps if this is an operator with a truth.
    boolean jump(Code part, boolean when, Label target) {
        switch (part) {
            case Operators.Not not -> method.jump(not.operand, !when, target);
            case Operators.And and -> both(and.left, and.right, true, when, target);
            case Operators.Or or -> both(or.left, or.right, false, when, target);
            case Operators.Choice choice -> {
                var no = code().newLabel();
                var end = code().newLabel();
                method.jump(choice.condition, false, no);
                method.jump(choice.yes, when, target);
                code().goto_(end).labelBinding(no);
                method.jump(choice.no, when, target);
                code().labelBinding(end);
            }
            case Operators.Equal equal -> {
                method.value(equal.left);
                method.value(equal.right);
                method.call(
                        "equal", ConstantDescs.CD_boolean, equal, Operators.Equal.class, Emitter.VALUE, Emitter.VALUE);
                method.jump(when, target);
            }
            case Operators.Compare compare -> compare(compare, when, target);
            case Operators.In in -> {
                method.value(in.left);
                method.value(in.right);
                method.call("in", ConstantDescs.CD_boolean, in, Operators.In.class, Emitter.VALUE, Emitter.VALUE);
                method.jump(when, target);
            }
            // Default: other code has no truth but its value's.
            default -> {
                return false;
            }
        }
        return true;
    }

    /// `&&` or `||`.
    ///
    /// @param goesOn the truth of the left side with which the right side decides
    private void both(Code left, Code right, boolean goesOn, boolean when, Label target) {
        if (when == goesOn) {
            var skip = code().newLabel();
            method.jump(left, !goesOn, skip);
            method.jump(right, when, target);
            code().labelBinding(skip);
        } else {
            method.jump(left, when, target);
            method.jump(right, when, target);
        }
    }

    private void compare(Operators.Compare compare, boolean when, Label target) {
        if (compare.numbers) {
            method.number(compare.left);
            method.number(compare.right);
            compare(compare.operator, when, target);
            return;
        }
        method.value(compare.left);
        int a = method.store();
        var slow = code().newLabel();
        var end = code().newLabel();
        boolean fixed = compare.right.constant() instanceof NumberValue;
        int b = -1;
        if (!fixed) {
            method.value(compare.right);
            b = method.store();
            method.jumpIfNoNumber(b, slow);
        }
        method.jumpIfNoNumber(a, slow);
        method.loadNumber(a);
        if (fixed) {
            method.number(compare.right);
        } else {
            method.loadNumber(b);
        }
        compare(compare.operator, when, target);
        code().goto_(end).labelBinding(slow).aload(a);
        if (fixed) {
            method.value(compare.right);
        } else {
            code().aload(b);
        }
        method.call(
                "compare", ConstantDescs.CD_boolean, compare, Operators.Compare.class, Emitter.VALUE, Emitter.VALUE);
        method.jump(when, target);
        code().labelBinding(end);
    }

    /// Compares two doubles; no comparison with NaN holds.
    private void compare(BinaryOperator operator, boolean when, Label target) {
        switch (operator) {
            case LESS -> {
                code().dcmpg();
                if (when) {
                    code().iflt(target);
                } else {
                    code().ifge(target);
                }
            }
            case LESS_EQUAL -> {
                code().dcmpg();
                if (when) {
                    code().ifle(target);
                } else {
                    code().ifgt(target);
                }
            }
            case GREATER -> {
                code().dcmpl();
                if (when) {
                    code().ifgt(target);
                } else {
                    code().ifle(target);
                }
            }
            case GREATER_EQUAL -> {
                code().dcmpl();
                if (when) {
                    code().ifge(target);
                } else {
                    code().iflt(target);
                }
            }
            case ADD,
                    SUBTRACT,
                    MULTIPLY,
                    DIVIDE,
                    REMAINDER,
                    POWER,
                    EQUAL,
                    NOT_EQUAL,
                    IN,
                    AND,
                    OR,
                    COALESCE,
                    BIT_AND,
                    BIT_OR,
                    BIT_XOR,
                    SHIFT_LEFT,
                    SHIFT_RIGHT,
                    SHIFT_RIGHT_UNSIGNED -> throw new IllegalStateException(operator + " compares nothing");
        }
    }
}
