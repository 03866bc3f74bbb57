package weir.eval;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;

/// Emits the method of a loop: variable 1 is the list, what a fold begins with follows. The operations of its rounds
/// are taken from the budget after each chunk of 64.
final class LoopEmitter {
    private static final int ROUNDS = 64;
    private static final int LIST = 1;
    private static final int FIRST = 2;
    private static final MethodTypeDesc INT_OF_TWO =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final ClassDesc ARRAY = Emitter.VALUE.arrayType();
    private static final ClassDesc ITEMS = Emitter.desc(ArrayList.class);
    private static final ClassDesc FIELD = Emitter.desc(Lambda.Field.class);
    private static final ClassDesc SPAN = Emitter.desc(Span.class);

    private final MethodEmitter method;
    private final CodeBuilder code;
    private final Loops.Loop loop;
    private final boolean callsClosures;
    /// The number of a round, and of the first one of its chunk.
    private final int round;

    private final int chunk;
    private final int index;
    private final int item;
    private final int size;

    LoopEmitter(MethodEmitter method, Loops.Loop loop) {
        this.method = method;
        this.code = method.code();
        this.loop = loop;
        this.callsClosures = method.emitter().outline().callsClosures(loop.lambda.body());
        this.round = method.variable(TypeKind.INT);
        this.chunk = method.variable(TypeKind.INT);
        this.index = isBackwards(loop) ? method.variable(TypeKind.INT) : round;
        this.item = method.variable(TypeKind.REFERENCE);
        this.size = method.variable(TypeKind.INT);
    }

    private static boolean isBackwards(Loops.Loop loop) {
        return switch (loop) {
            case Loops.Search search -> search.backwards;
            case Loops.Fold fold -> fold.backwards;
            case Loops.NumericFold fold -> fold.backwards;
            // Default: other loops go forwards.
            default -> false;
        };
    }

    void emit() {
        method.size(LIST);
        code.istore(size);
        switch (loop) {
            case Loops.MapLoop _ -> map();
            case Loops.Filter _ -> filter();
            case Loops.Search search -> search(search);
            case Loops.FlatMap _ -> flatMap();
            case Loops.Fold fold -> fold(fold);
            case Loops.NumericFold fold -> numericFold(fold);
            // Default: the outline names what is emitted.
            default -> throw new IllegalStateException(loop + " is not emitted");
        }
        Emitter.give(code, CallEmitter.given(loop));
    }

    /// A loop in chunks, so that rounds are counted once a chunk.
    ///
    /// @param from how many items the loop does not look at
    /// @param body runs with the item in its variable
    private void each(int from, Runnable body) {
        code.loadConstant(from).istore(round);
        goOn(body);
    }

    /// The rest of a loop, from the round that is next.
    private void goOn(Runnable body) {
        var chunks = code.newLabel();
        var rounds = code.newLabel();
        var end = code.newLabel();
        int limit = method.variable(TypeKind.INT);
        code.labelBinding(chunks).iload(round).istore(chunk);
        code.iload(round).loadConstant(ROUNDS).iadd().iload(size);
        code.invokestatic(Emitter.desc(Math.class), "min", INT_OF_TWO).istore(limit);
        code.labelBinding(rounds).iload(round).iload(limit).if_icmpge(end);
        item();
        body.run();
        code.iinc(round, 1).goto_(rounds).labelBinding(end);
        spend(0);
        code.iload(round).iload(size).if_icmplt(chunks);
    }

    private void item() {
        if (index != round) {
            code.iload(size).iconst_1().isub().iload(round).isub().istore(index);
        }
        code.aload(LIST)
                .iload(index)
                .invokevirtual(Emitter.LIST, "get", MethodTypeDesc.of(Emitter.VALUE, ConstantDescs.CD_int))
                .astore(item);
    }

    /// Takes from the budget what the rounds of this chunk cost.
    ///
    /// @param more how many rounds are done besides those that are counted
    private void spend(int more) {
        code.aload(0).iload(round).iload(chunk).isub().loadConstant(more).iadd();
        code.loadConstant(loop.lambda.cost());
        method.call(
                "spend",
                ConstantDescs.CD_void,
                loop,
                Code.class,
                Emitter.ACTIVATION,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int);
    }

    private void makeItems() {
        code.iload(size).aload(0);
        method.call("makeItems", ConstantDescs.CD_void, loop, Code.class, ConstantDescs.CD_int, Emitter.ACTIVATION);
    }

    /// A new array as long as the list.
    private int array() {
        code.iload(size).anewarray(Emitter.VALUE);
        return method.store();
    }

    private void map() {
        makeItems();
        int items = array();
        each(0, () -> {
            bindItem(0);
            code.aload(items).iload(index);
            method.value(loop.lambda.body());
            code.aastore();
        });
        code.aload(items).invokestatic(Emitter.LIST, "owning", MethodTypeDesc.of(Emitter.LIST, ARRAY));
    }

    private void filter() {
        int items = array();
        int count = method.variable(TypeKind.INT);
        code.iconst_0().istore(count);
        each(0, () -> {
            bindItem(0);
            var next = code.newLabel();
            method.jump(loop.lambda.body(), false, next);
            code.aload(items).iload(count).aload(item).aastore().iinc(count, 1).labelBinding(next);
        });
        code.aload(items).iload(count).aload(0);
        method.call("kept", Emitter.LIST, loop, Code.class, ARRAY, ConstantDescs.CD_int, Emitter.ACTIVATION);
    }

    private void search(Loops.Search search) {
        var found = code.newLabel();
        var end = code.newLabel();
        each(0, () -> {
            bindItem(0);
            method.jump(loop.lambda.body(), search.answer != Loops.Search.Answer.EVERY, found);
        });
        answer(search, false);
        code.goto_(end).labelBinding(found);
        spend(1);
        answer(search, true);
        code.labelBinding(end);
    }

    private void answer(Loops.Search search, boolean found) {
        switch (search.answer) {
            case ITEM -> {
                if (found) {
                    code.aload(item);
                } else {
                    method.undefined();
                }
            }
            case INDEX -> {
                if (found) {
                    code.iload(index).i2d();
                } else {
                    code.loadConstant(-1.0);
                }
                method.call("boxed", Emitter.VALUE, Emitter.DOUBLE);
            }
            case SOME -> code.loadConstant(found ? 1 : 0);
            case EVERY -> code.loadConstant(found ? 0 : 1);
        }
    }

    private void flatMap() {
        code.new_(ITEMS).dup();
        code.invokespecial(ITEMS, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        int items = method.store();
        each(0, () -> {
            bindItem(0);
            code.aload(items);
            method.value(loop.lambda.body());
            code.aload(0);
            method.call(
                    "flatten",
                    ConstantDescs.CD_void,
                    loop,
                    Code.class,
                    Emitter.desc(List.class),
                    Emitter.VALUE,
                    Emitter.ACTIVATION);
        });
        makeItems();
        code.aload(items);
        code.invokestatic(
                Emitter.LIST, "of", MethodTypeDesc.of(Emitter.LIST, Emitter.desc(java.util.Collection.class)));
    }

    private void fold(Loops.Fold fold) {
        var sum = sum(fold);
        if (sum != null) {
            sum(sum);
            return;
        }
        int result = method.variable(TypeKind.REFERENCE);
        if (fold.first == null) {
            code.aload(LIST);
            method.call("firstItem", Emitter.VALUE, fold, Loops.Fold.class, Emitter.LIST);
        } else {
            code.aload(FIRST);
        }
        code.astore(result);
        each(fold.first == null ? 1 : 0, () -> {
            if (!loop.lambda.parameters().isEmpty()) {
                bind(loop.lambda.parameters().getFirst(), result);
            }
            bindItem(1);
            method.value(loop.lambda.body());
            code.astore(result);
        });
        code.aload(result);
    }

    /// The addition, when the fold begins with a number and each round adds to what came out so far.
    private Operators.@Nullable Add sum(Loops.Fold fold) {
        boolean number = fold.first != null && fold.first.kind() == Code.Kind.NUMBER;
        return number
                        && !callsClosures
                        && loop.lambda.body() instanceof Operators.Add add
                        && add.left instanceof Reads.Local local
                        && loop.lambda.first() instanceof Lambda.Parameter.Slot(int slot)
                        && local.slot == slot
                        && method.emitter().outline().isSmall(add.right)
                        && !Outline.reads(add.right, slot)
                ? add
                : null;
    }

    /// A sum of numbers without boxes, until something else than a number is added.
    private void sum(Operators.Add add) {
        var other = code.newLabel();
        var end = code.newLabel();
        int sum = method.variable(TypeKind.DOUBLE);
        int result = method.variable(TypeKind.REFERENCE);
        int added = method.variable(TypeKind.REFERENCE);
        method.loadNumber(FIRST);
        code.dstore(sum);
        var declared = method.variables();
        each(0, () -> {
            bindItem(1);
            method.value(add.right);
            code.astore(added);
            method.jumpIfNoNumber(added, other);
            code.dload(sum);
            method.loadNumber(added);
            code.dadd().dstore(sum);
        });
        boxed(sum);
        code.goto_(end).labelBinding(other);
        boxed(sum);
        add(add, added, result);
        code.iinc(round, 1);
        spend(0);
        // The same parameters lie elsewhere in the second loop.
        method.forget(declared);
        goOn(() -> {
            bindItem(1);
            code.aload(result);
            method.value(add.right);
            code.astore(added);
            add(add, added, result);
        });
        code.aload(result).labelBinding(end);
    }

    private void boxed(int number) {
        code.dload(number);
        method.call("boxed", Emitter.VALUE, Emitter.DOUBLE);
    }

    /// Adds what is in a variable to the value on the stack.
    private void add(Operators.Add add, int added, int result) {
        code.aload(added).aload(0);
        method.call("add", Emitter.VALUE, add, Operators.Add.class, Emitter.VALUE, Emitter.VALUE, Emitter.ACTIVATION);
        code.astore(result);
    }

    private void numericFold(Loops.NumericFold fold) {
        int result = method.variable(TypeKind.DOUBLE);
        code.dload(FIRST).dstore(result);
        declareNumber(fold.sum, result);
        each(0, () -> {
            if (callsClosures) {
                storeNumber(fold.sum, result);
            }
            bindItem(1);
            method.number(loop.lambda.body());
            code.dstore(result);
        });
        code.dload(result);
    }

    /// Binds the item with its index and the list to the arrow's parameters from a position on.
    private void bindItem(int position) {
        var parameters = loop.lambda.parameters();
        if (position < parameters.size()) {
            bind(parameters.get(position), item);
        }
        if (position + 1 < parameters.size()) {
            bindIndex(parameters.get(position + 1));
        }
        if (position + 2 < parameters.size()) {
            bind(parameters.get(position + 2), LIST);
        }
    }

    private void bindIndex(Lambda.Parameter parameter) {
        code.iload(index).i2d();
        if (parameter instanceof Lambda.Parameter.NumericSlot(int slot)) {
            int variable = method.variable(TypeKind.DOUBLE);
            code.dstore(variable);
            declareNumber(slot, variable);
            if (callsClosures) {
                storeNumber(slot, variable);
            }
        } else {
            method.call("boxed", Emitter.VALUE, Emitter.DOUBLE);
            bind(parameter, method.store());
        }
    }

    private void declareNumber(int slot, int variable) {
        method.declare(new Variables.Variable(slot, true, variable));
    }

    /// Where closures look for it.
    private void storeNumber(int slot, int variable) {
        code.aload(0)
                .getfield(Emitter.ACTIVATION, "numbers", Emitter.DOUBLE.arrayType())
                .loadConstant(slot)
                .dload(variable)
                .dastore();
    }

    private void bind(Lambda.Parameter parameter, int value) {
        switch (parameter) {
            case Lambda.Parameter.Unused() -> {}
            case Lambda.Parameter.Slot(int slot) -> {
                method.declare(new Variables.Variable(slot, false, value));
                if (callsClosures) {
                    code.aload(0)
                            .getfield(Emitter.ACTIVATION, "locals", ARRAY)
                            .loadConstant(slot)
                            .aload(value)
                            .aastore();
                }
            }
            case Lambda.Parameter.NumericSlot(int slot) -> {
                int variable = method.variable(TypeKind.DOUBLE);
                method.toNumber(value, loop);
                code.dstore(variable);
                declareNumber(slot, variable);
                if (callsClosures) {
                    storeNumber(slot, variable);
                }
            }
            case Lambda.Parameter.Fields(var fields, Span at) -> {
                code.aload(value);
                method.emitter().constant(code, at, Span.class);
                method.call("requireFields", ConstantDescs.CD_void, Emitter.VALUE, SPAN);
                for (var field : fields) {
                    field(field, value);
                }
            }
            case Lambda.Parameter.Items(var items, Span at) -> {
                code.aload(value).aload(0);
                method.emitter().constant(code, at, Span.class);
                method.call("items", Emitter.LIST, loop, Code.class, Emitter.VALUE, Emitter.ACTIVATION, SPAN);
                int list = method.store();
                for (int i = 0; i < items.size(); i++) {
                    code.aload(list).loadConstant(i);
                    method.call("itemAt", Emitter.VALUE, Emitter.LIST, ConstantDescs.CD_int);
                    bind(items.get(i), method.store());
                }
            }
        }
    }

    private void field(Lambda.Field field, int value) {
        code.aload(value);
        method.member(field.cache(), field.cache().shapes(), () -> {
            method.emitter().constant(code, field, Lambda.Field.class);
            method.call("field", Emitter.VALUE, loop, Code.class, Emitter.VALUE, FIELD);
        });
        bind(field.parameter(), method.store());
    }
}
