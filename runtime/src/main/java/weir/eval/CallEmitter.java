package weir.eval;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.eval.Emitter.Want;

/// Emits calls. A loop becomes a method of its own, in which the arrow's body runs right inside the loop.
final class CallEmitter {
    private static final ClassDesc ARRAY = Emitter.VALUE.arrayType();
    private static final ClassDesc NATIVE = Emitter.desc(Native.class);

    private final MethodEmitter method;

    CallEmitter(MethodEmitter method) {
        this.method = method;
    }

    private CodeBuilder code() {
        return method.code();
    }

    void function(Calls.Function call) {
        arguments(call.arguments);
        code().aload(0);
        method.call("function", Emitter.VALUE, call, Calls.Function.class, ARRAY, Emitter.ACTIVATION);
    }

    void apply(Calls.Apply call) {
        method.array(Arrays.asList(call.arguments));
        code().aload(0);
        method.call("apply", Emitter.VALUE, call, Calls.Apply.class, ARRAY, Emitter.ACTIVATION);
    }

    void decide(Calls.Decide call) {
        method.array(Arrays.asList(call.arguments));
        code().aload(0);
        method.call("decide", Emitter.VALUE, call, Calls.Decide.class, ARRAY, Emitter.ACTIVATION);
    }

    private void arguments(Calls.Arguments arguments) {
        switch (arguments) {
            case Calls.Arguments.Plain plain -> method.array(Arrays.asList(plain.codes));
            case Calls.Arguments.Spread spread -> new LiteralEmitter(method).spreadArray(spread.list());
        }
    }

    /// Puts what a call of a method gives; nothing that it may be left out unless a value is wanted.
    void method(Calls.Method call, Want want) {
        if (!call.receiver.mayBeLeftOut()) {
            method.value(call.receiver.code());
            invoke(call, want, null);
            return;
        }
        var nothing = code().newLabel();
        var end = code().newLabel();
        method.value(call.receiver.code());
        invoke(call, Want.VALUE, nothing);
        code().goto_(end).labelBinding(nothing);
        method.undefined();
        code().labelBinding(end);
    }

    /// Puts a value of a chain, or jumps when there is none.
    void link(Calls.Method call, Label nothing) {
        method.link(call.receiver.code(), nothing);
        invoke(call, Want.VALUE, nothing);
    }

    /// Calls the method of what is on the stack.
    private void invoke(Calls.Method call, Want want, @Nullable Label nothing) {
        int self = method.store();
        switch (call) {
            case Calls.NativeMethod one -> nativeMethod(one, self, nothing);
            case Loops.Loop loop -> loop(loop, self, want, nothing);
            // Default: the outline names what is emitted.
            default -> throw new IllegalStateException(call + " is not emitted");
        }
    }

    private void nativeMethod(Calls.NativeMethod call, int self, @Nullable Label nothing) {
        if (call.receiver.optional() && nothing != null) {
            method.jumpIfMissing(self, nothing);
        }
        code().aload(self);
        method.call("find", NATIVE, call, Calls.NativeMethod.class, Emitter.VALUE);
        if (call.receiver.optionalCall() && nothing != null) {
            method.jumpIfNull(method.store(), nothing);
        }
        code().aload(self);
        arguments(call.arguments);
        code().aload(0);
        method.call(
                "method",
                Emitter.VALUE,
                call,
                Calls.NativeMethod.class,
                NATIVE,
                Emitter.VALUE,
                ARRAY,
                Emitter.ACTIVATION);
    }

    private void loop(Loops.Loop loop, int self, Want want, @Nullable Label nothing) {
        var list = code().newLabel();
        code().aload(self).instanceOf(Emitter.LIST).ifne(list).aload(self);
        method.call("isLeftOut", ConstantDescs.CD_boolean, loop, Calls.Method.class, Emitter.VALUE);
        if (nothing == null) {
            code().pop();
        } else {
            code().ifne(nothing);
        }
        code().labelBinding(list);
        var first = first(loop);
        int variable = first == null ? -1 : firstValue(loop, first);
        code().aload(0).aload(self);
        method.call("list", Emitter.LIST, loop, Calls.Method.class, Emitter.VALUE);
        var given = given(loop);
        var parameters = new ArrayList<ClassDesc>();
        parameters.add(Emitter.ACTIVATION);
        parameters.add(Emitter.LIST);
        int next = 2;
        if (loop instanceof Loops.NumericFold) {
            code().dload(variable);
            parameters.add(Emitter.DOUBLE);
            next = 4;
        } else if (first != null) {
            code().aload(variable);
            parameters.add(Emitter.VALUE);
            next = 3;
        }
        method.emitter()
                .call(
                        code(),
                        loop.lambda,
                        given,
                        MethodTypeDesc.of(given.type(), parameters),
                        method.variables(),
                        next,
                        emitter -> new LoopEmitter(emitter, loop).emit());
        convert(given, want);
    }

    private static @Nullable Code first(Loops.Loop loop) {
        return switch (loop) {
            case Loops.Fold fold -> fold.first;
            case Loops.NumericFold fold -> fold.first;
            // Default: other loops begin with nothing.
            default -> null;
        };
    }

    private int firstValue(Loops.Loop loop, Code first) {
        if (loop instanceof Loops.NumericFold) {
            method.number(first);
            int variable = method.variable(TypeKind.DOUBLE);
            code().dstore(variable);
            return variable;
        }
        method.value(first);
        return method.store();
    }

    /// What the loop's method gives.
    static Want given(Loops.Loop loop) {
        return switch (loop) {
            case Loops.NumericFold _ -> Want.NUMBER;
            case Loops.Search search when search.isTruth() -> Want.TRUTH;
            // Default: other loops give lists and items.
            default -> Want.VALUE;
        };
    }

    private void convert(Want given, Want want) {
        if (given == want) {
            return;
        }
        switch (given) {
            case NUMBER -> method.call("boxed", Emitter.VALUE, Emitter.DOUBLE);
            case TRUTH -> method.call("boxed", Emitter.VALUE, ConstantDescs.CD_boolean);
            case VALUE -> throw new IllegalStateException("only values are asked for here");
        }
    }
}
