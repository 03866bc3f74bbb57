package weir.eval;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import weir.eval.Emitter.Want;
import weir.model.Inherited;
import weir.value.BooleanValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.Shape;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Emits the instructions of one method: code puts its value on the stack as a value, as a number, or jumps by its
/// truth. Variable 0 is the activation.
final class MethodEmitter {
    private static final MethodTypeDesc GIVES_INT = MethodTypeDesc.of(ConstantDescs.CD_int);
    private static final MethodTypeDesc GIVES_DOUBLE = MethodTypeDesc.of(ConstantDescs.CD_double);
    private static final ClassDesc NUMBER = Emitter.desc(NumberValue.class);
    private static final ClassDesc RECORD = Emitter.desc(RecordValue.class);
    private static final ClassDesc CALLS = Emitter.desc(RuntimeCalls.class);
    private static final ClassDesc CODE = Emitter.desc(Code.class);

    private final Emitter emitter;
    private final CodeBuilder code;
    private final OperatorEmitter operators;
    private final LiteralEmitter literals;
    private final CallEmitter calls;
    private Variables variables;

    MethodEmitter(Emitter emitter, CodeBuilder code, Variables variables) {
        this.emitter = emitter;
        this.code = code;
        this.variables = variables;
        this.operators = new OperatorEmitter(this);
        this.literals = new LiteralEmitter(this);
        this.calls = new CallEmitter(this);
    }

    Emitter emitter() {
        return emitter;
    }

    CodeBuilder code() {
        return code;
    }

    Variables variables() {
        return variables;
    }

    void declare(Variables.Variable variable) {
        variables = variables.plus(variable);
    }

    /// Forgets what was declared since.
    void forget(Variables declared) {
        variables = declared;
    }

    int variable(TypeKind kind) {
        return code.allocateLocal(kind);
    }

    /// Puts the value as it is wanted; a truth as an int.
    void put(Code part, Want want) {
        switch (want) {
            case VALUE -> body(part);
            case NUMBER -> numberBody(part);
            case TRUTH -> {
                var no = code.newLabel();
                var end = code.newLabel();
                jumpBody(part, false, no);
                code.iconst_1().goto_(end).labelBinding(no).iconst_0().labelBinding(end);
            }
        }
    }

    /// Puts the value of a part.
    void value(Code part) {
        if (emitter.outline().isClosure(part)) {
            closure(part, "run", Emitter.VALUE);
        } else if (emitter.outline().isMethod(part)) {
            method(part, Want.VALUE);
        } else {
            body(part);
        }
    }

    /// Puts the value of a part as a double, as [Code#number] gives it.
    void number(Code part) {
        if (emitter.outline().isClosure(part)) {
            closure(part, "number", Emitter.DOUBLE);
        } else if (emitter.outline().isMethod(part)) {
            method(part, Want.NUMBER);
        } else {
            numberBody(part);
        }
    }

    /// Jumps if the truth of a part is so.
    void jump(Code part, boolean when, Label target) {
        if (emitter.outline().isClosure(part)) {
            closure(part, "truth", ConstantDescs.CD_boolean);
            jump(when, target);
        } else if (emitter.outline().isMethod(part)) {
            method(part, Want.TRUTH);
            jump(when, target);
        } else {
            jumpBody(part, when, target);
        }
    }

    /// Jumps by the int on the stack.
    void jump(boolean when, Label target) {
        if (when) {
            code.ifne(target);
        } else {
            code.ifeq(target);
        }
    }

    private void method(Code part, Want want) {
        code.aload(0);
        emitter.call(code, part, want, variables);
    }

    private void closure(Code part, String method, ClassDesc type) {
        emitter.constant(code, part, Code.class);
        code.aload(0).invokevirtual(CODE, method, MethodTypeDesc.of(type, Emitter.ACTIVATION));
    }

    private void body(Code part) {
        switch (part) {
            case Literals.Constant constant -> emitter.constant(code, constant.value, Value.class);
            case Code.Numeric number -> {
                numberBody(number);
                call("boxed", Emitter.VALUE, Emitter.DOUBLE);
            }
            case Code.Logical logical -> truth(logical);
            case Reads.Late _, Calls.Fails _, Calls.Draw _ -> closure(part, "run", Emitter.VALUE);
            case Reads.FrameName name -> name(name);
            case Reads.Local local -> local(local.slot);
            case Reads.Member member -> {
                value(member.object);
                member(member);
            }
            case Reads.Index index -> {
                value(index.object);
                index(index);
            }
            case Reads.Chain chain -> chain(chain);
            case Literals.Template template -> literals.template(template);
            case Literals.PlainRecord record -> literals.record(record);
            case Literals.MixedRecord record -> literals.record(record);
            case Literals.PlainList list -> literals.list(list);
            case Literals.SpreadList list -> literals.list(list);
            case FitCode fit -> {
                value(fit.code);
                call("fit", Emitter.VALUE, fit, FitCode.class, Emitter.VALUE);
            }
            case Calls.Method call -> calls.method(call, Want.VALUE);
            case Calls.Function call -> calls.function(call);
            case Calls.Apply call -> calls.apply(call);
            case Calls.Decide call -> calls.decide(call);
            // Default: all other code that is emitted are operators.
            default -> operators.value(part);
        }
    }

    /// A truth value as an object.
    private void truth(Code part) {
        var no = code.newLabel();
        var end = code.newLabel();
        jumpBody(part, false, no);
        bool("TRUE");
        code.goto_(end).labelBinding(no);
        bool("FALSE");
        code.labelBinding(end);
    }

    private void bool(String name) {
        var type = Emitter.desc(BooleanValue.class);
        code.getstatic(type, name, type);
    }

    private void numberBody(Code part) {
        switch (part) {
            case Literals.Constant constant
            when constant.value instanceof NumberValue(double number) -> code.loadConstant(number);
            case Reads.NumericLocal local -> numericLocal(local.slot);
            case Loops.NumericFold fold when !fold.receiver.mayBeLeftOut() -> calls.method(fold, Want.NUMBER);
            case Code.Logical logical -> put(logical, Want.TRUTH);
            // Default: all other code is a number for operators, or becomes one afterwards.
            default -> {
                if (!operators.number(part)) {
                    body(part);
                    toNumber(part);
                }
            }
        }
        if (part instanceof Code.Logical) {
            code.i2d();
        }
    }

    private void jumpBody(Code part, boolean when, Label target) {
        switch (part) {
            case Literals.Constant constant
            when constant.value instanceof BooleanValue truth -> {
                if (truth.isTrue() == when) {
                    code.goto_(target);
                }
            }
            case Code.Numeric number -> {
                numberBody(number);
                call("truth", ConstantDescs.CD_boolean, Emitter.DOUBLE);
                jump(when, target);
            }
            case Loops.Search search
            when search.isTruth() && !search.receiver.mayBeLeftOut() -> {
                calls.method(search, Want.TRUTH);
                jump(when, target);
            }
            // Default: all other code is true or false for operators, or by its value.
            default -> {
                if (!operators.jump(part, when, target)) {
                    body(part);
                    call("truth", ConstantDescs.CD_boolean, part, Code.class, Emitter.VALUE);
                    jump(when, target);
                }
            }
        }
    }

    /// Makes the value on the stack a double.
    void toNumber(Code part) {
        var value = store();
        toNumber(value, part);
    }

    /// Puts the number that a value in a variable is.
    void toNumber(int value, Code part) {
        var slow = code.newLabel();
        var end = code.newLabel();
        code.aload(value).instanceOf(NUMBER).ifeq(slow);
        loadNumber(value);
        code.goto_(end).labelBinding(slow).aload(value);
        call("number", Emitter.DOUBLE, part, Code.class, Emitter.VALUE);
        code.labelBinding(end);
    }

    void jumpIfNoNumber(int value, Label target) {
        code.aload(value).instanceOf(NUMBER).ifeq(target);
    }

    void loadNumber(int value) {
        code.aload(value).checkcast(NUMBER).invokevirtual(NUMBER, "value", GIVES_DOUBLE);
    }

    /// Stores the reference on the stack into a variable of its own.
    int store() {
        int variable = variable(TypeKind.REFERENCE);
        code.astore(variable);
        return variable;
    }

    private void name(Reads.FrameName name) {
        code.aload(0).loadConstant(name.up).loadConstant(name.slot);
        call(
                "name",
                Emitter.VALUE,
                name,
                Reads.FrameName.class,
                Emitter.ACTIVATION,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int);
    }

    private void local(int slot) {
        var variable = variables.find(slot, false);
        if (variable != null) {
            variable.load(code);
        } else {
            code.aload(0)
                    .getfield(Emitter.ACTIVATION, "locals", Emitter.VALUE.arrayType())
                    .loadConstant(slot)
                    .aaload();
        }
    }

    private void numericLocal(int slot) {
        var variable = variables.find(slot, true);
        if (variable != null) {
            variable.load(code);
        } else {
            code.aload(0)
                    .getfield(Emitter.ACTIVATION, "numbers", Emitter.DOUBLE.arrayType())
                    .loadConstant(slot)
                    .daload();
        }
    }

    /// Makes the value on the stack its member.
    private void member(Reads.Member member) {
        var shapes = member.cache.shapes();
        if (member.cache.name.equals("length") && shapes.isEmpty()) {
            call("length", Emitter.VALUE, member, Reads.Member.class, Emitter.VALUE);
        } else if (shapes.isEmpty()) {
            call("member", Emitter.VALUE, member, Reads.Member.class, Emitter.VALUE);
        } else {
            member(member.cache, shapes, () -> {
                emitter.constant(code, member, Reads.Member.class);
                emitter.constant(code, emitter.tiered(), Tiered.class);
                call(
                        "member",
                        Emitter.VALUE,
                        Emitter.VALUE,
                        Emitter.desc(Reads.Member.class),
                        Emitter.desc(Tiered.class));
            });
        }
    }

    /// Makes the value on the stack its member, where the shapes are known of which it mostly is.
    ///
    /// @param otherwise takes the value from the stack and puts the member
    void member(InlineCache cache, List<InlineCache.Seen> shapes, Runnable otherwise) {
        int value = store();
        var slow = code.newLabel();
        var end = code.newLabel();
        code.aload(value).instanceOf(RECORD).ifeq(slow);
        int record = variable(TypeKind.REFERENCE);
        code.aload(value).checkcast(RECORD).astore(record);
        for (var seen : shapes) {
            if (seen.slot() < 0 && Inherited.byAll(cache.name)) {
                continue;
            }
            var next = code.newLabel();
            code.aload(record).invokevirtual(RECORD, "shape", MethodTypeDesc.of(Emitter.desc(Shape.class)));
            emitter.constant(code, seen.shape(), Shape.class);
            code.if_acmpne(next);
            if (seen.slot() < 0) {
                undefined();
            } else {
                code.aload(record)
                        .loadConstant(seen.slot())
                        .invokevirtual(RECORD, "valueAt", MethodTypeDesc.of(Emitter.VALUE, ConstantDescs.CD_int));
            }
            code.goto_(end).labelBinding(next);
        }
        code.labelBinding(slow).aload(value);
        otherwise.run();
        code.labelBinding(end);
    }

    void undefined() {
        var type = Emitter.desc(UndefinedValue.class);
        code.getstatic(type, "UNDEFINED", type);
    }

    /// Makes the value on the stack its item.
    private void index(Reads.Index index) {
        if (index.index.kind() == Code.Kind.NUMBER) {
            number(index.index);
            call("item", Emitter.VALUE, index, Reads.Index.class, Emitter.VALUE, Emitter.DOUBLE);
        } else {
            value(index.index);
            call("item", Emitter.VALUE, index, Reads.Index.class, Emitter.VALUE, Emitter.VALUE);
        }
    }

    private void chain(Reads.Chain chain) {
        var nothing = code.newLabel();
        var end = code.newLabel();
        link(chain.inner, nothing);
        code.goto_(end).labelBinding(nothing);
        undefined();
        code.labelBinding(end);
    }

    /// Puts a value of a chain, or jumps when a `?.` in it finds nothing.
    void link(Code part, Label nothing) {
        if (emitter.outline().isClosure(part)) {
            closure(part, "link", Emitter.VALUE);
            jumpIfNull(store(), nothing);
            return;
        }
        switch (part) {
            case Reads.Member member -> {
                link(member.object, nothing);
                jumpIfMissing(member.optional, nothing);
                member(member);
            }
            case Reads.Index index -> {
                link(index.object, nothing);
                jumpIfMissing(index.optional, nothing);
                index(index);
            }
            case Calls.Method call -> calls.link(call, nothing);
            // Default: other code ends no chain.
            default -> value(part);
        }
    }

    /// Puts what is in a variable, or jumps when it is null.
    void jumpIfNull(int variable, Label target) {
        code.aload(variable).ifnull(target).aload(variable);
    }

    private void jumpIfMissing(boolean optional, Label target) {
        if (optional) {
            int value = store();
            jumpIfMissing(value, target);
            code.aload(value);
        }
    }

    void jumpIfMissing(int value, Label target) {
        code.aload(value);
        call("isMissing", ConstantDescs.CD_boolean, Emitter.VALUE);
        code.ifne(target);
    }

    /// Calls one of [RuntimeCalls]; its arguments lie on the stack.
    void call(String name, ClassDesc result, ClassDesc... parameters) {
        code.invokestatic(CALLS, name, MethodTypeDesc.of(result, parameters));
    }

    /// The same with the closure of the place as the last argument.
    void call(String name, ClassDesc result, Code place, Class<? extends Code> type, ClassDesc... parameters) {
        emitter.constant(code, place, type);
        code.invokestatic(
                CALLS,
                name,
                MethodTypeDesc.of(result, parameters).insertParameterTypes(parameters.length, Emitter.desc(type)));
    }

    /// Puts the size of a list in a variable.
    void size(int list) {
        code.aload(list).invokevirtual(Emitter.LIST, "size", GIVES_INT);
    }

    /// Puts values into a new array.
    void array(List<Code> values) {
        code.loadConstant(values.size()).anewarray(Emitter.VALUE);
        for (int i = 0; i < values.size(); i++) {
            code.dup().loadConstant(i);
            value(values.get(i));
            code.aastore();
        }
    }
}
