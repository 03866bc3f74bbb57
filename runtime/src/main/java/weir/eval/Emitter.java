package weir.eval;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.value.ListValue;
import weir.value.Value;

/// Emits a tree of closures as a class: its nodes become JVM instructions, with the shapes of records that their inline
/// caches have met as constants. What the emitter does not know stays a closure, held as a constant and called.
///
/// The class is hidden: nothing names it, and it goes when the last reference to its instance goes.
final class Emitter {
    static final ClassDesc VALUE = desc(Value.class);
    static final ClassDesc ACTIVATION = desc(Activation.class);
    static final ClassDesc LIST = desc(ListValue.class);
    static final ClassDesc DOUBLE = ConstantDescs.CD_double;

    private static final ClassDesc SELF = ClassDesc.of("weir.eval.Emitted");
    private static final ClassDesc DATA = desc(Object[].class);
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final ClassFile CLASS_FILE = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofClassLoading(LOOKUP).cached()));

    private final Outline outline;
    private final Tiered tiered;
    private final List<Object> constants = new ArrayList<>();
    private final List<ClassDesc> constantTypes = new ArrayList<>();
    private final IdentityHashMap<Object, Map<Class<?>, Integer>> constantIndexes = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Map<Want, Method>> methods = new IdentityHashMap<>();
    private final ArrayDeque<Method> pending = new ArrayDeque<>();

    /// As what a method gives its value.
    enum Want {
        VALUE,
        NUMBER,
        TRUTH;

        ClassDesc type() {
            return switch (this) {
                case VALUE -> Emitter.VALUE;
                case NUMBER -> DOUBLE;
                case TRUTH -> ConstantDescs.CD_boolean;
            };
        }
    }

    /// A method of the class, which is emitted when the one that calls it is done.
    private record Method(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

    private Emitter(Outline outline, Tiered tiered) {
        this.outline = outline;
        this.tiered = tiered;
    }

    /// The same code as a class of its own, or null when it is too large for that.
    ///
    /// @param tiered hears when records have other shapes than the emitted code expects
    static @Nullable Emitted emit(Code root, Tiered tiered) {
        var outline = Outline.of(root);
        if (outline == null || outline.isClosure(root)) {
            return null;
        }
        return new Emitted(new Emitter(outline, tiered).emit(root), outline.callsClosures(root));
    }

    /// @param callsClosures whether there are closures in it, which look for parameters in the activation
    record Emitted(Code code, boolean callsClosures) {}

    /// Lets the closures look anew what shapes there are.
    static void forgetShapes(Code root) {
        var outline = Outline.of(root);
        if (outline != null) {
            outline.caches().forEach(InlineCache::forget);
        }
    }

    private Code emit(Code root) {
        var bytes = CLASS_FILE.build(SELF, type -> emit(type, root));
        try {
            var emitted = LOOKUP.defineHiddenClassWithClassData(bytes, constants.toArray(), true);
            return (Code)
                    emitted.lookupClass().getDeclaredConstructor(Span.class).newInstance(root.at);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void emit(ClassBuilder type, Code root) {
        var want = want(root);
        type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
        type.withSuperclass(superclass(want));
        constructor(type, superclass(want));
        root(type, root, want);
        if (want == Want.VALUE && isChoice(root)) {
            root(type, root, Want.TRUTH);
        }
        while (!pending.isEmpty()) {
            var method = pending.poll();
            type.withMethodBody(method.name, method.type, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, method.body);
        }
        constants(type);
    }

    private static Want want(Code code) {
        return switch (code.kind()) {
            case NUMBER -> Want.NUMBER;
            case BOOLEAN -> Want.TRUTH;
            case ANY -> Want.VALUE;
        };
    }

    /// Whether its truth is more than the truth of its value: each of its sides fails at its own place.
    private static boolean isChoice(Code code) {
        return code instanceof Operators.And || code instanceof Operators.Or || code instanceof Operators.Choice;
    }

    private static ClassDesc superclass(Want want) {
        return switch (want) {
            case VALUE -> desc(Code.class);
            case NUMBER -> desc(Code.Numeric.class);
            case TRUTH -> desc(Code.Logical.class);
        };
    }

    private static void constructor(ClassBuilder type, ClassDesc superclass) {
        var takesSpan = MethodTypeDesc.of(ConstantDescs.CD_void, desc(Span.class));
        type.withMethodBody(
                ConstantDescs.INIT_NAME,
                takesSpan,
                0,
                code -> code.aload(0)
                        .aload(1)
                        .invokespecial(superclass, ConstantDescs.INIT_NAME, takesSpan)
                        .return_());
    }

    /// What [Code] asks for.
    private void root(ClassBuilder type, Code root, Want want) {
        var name = switch (want) {
            case VALUE -> "run";
            case NUMBER -> "number";
            case TRUTH -> "truth";
        };
        type.withMethodBody(name, MethodTypeDesc.of(want.type(), ACTIVATION), 0, code -> {
            code.aload(1);
            call(code, root, want, Variables.NONE);
            give(code, want);
        });
    }

    static void give(CodeBuilder code, Want want) {
        switch (want) {
            case VALUE -> code.areturn();
            case NUMBER -> code.dreturn();
            case TRUTH -> code.ireturn();
        }
    }

    Outline outline() {
        return outline;
    }

    Tiered tiered() {
        return tiered;
    }

    /// Calls the method of a part of the expression; the activation lies on the stack.
    void call(CodeBuilder code, Code part, Want want, Variables variables) {
        var type = MethodTypeDesc.of(want.type(), ACTIVATION);
        call(code, part, want, type, variables, 1, emitter -> {
            emitter.put(part, want);
            give(emitter.code(), want);
        });
    }

    /// Calls the method of a part; what its type says lies on the stack, with the activation first.
    ///
    /// @param part what tells the method from others: code, or the arrow of a loop
    /// @param next the first free variable after what the type says
    /// @param body emits the method, returning included
    void call(
            CodeBuilder code,
            Object part,
            Want want,
            MethodTypeDesc type,
            Variables variables,
            int next,
            Consumer<MethodEmitter> body) {
        variables.all().forEach(variable -> variable.load(code));
        var whole = type.insertParameterTypes(
                type.parameterCount(), variables.types().toArray(ClassDesc[]::new));
        var method = methods.computeIfAbsent(part, none -> new HashMap<>()).computeIfAbsent(want, none -> {
            var added = new Method(
                    "part" + methods.size() + want.name().charAt(0),
                    whole,
                    builder -> body.accept(new MethodEmitter(this, builder, variables.from(next))));
            pending.add(added);
            return added;
        });
        code.invokestatic(SELF, method.name, method.type);
    }

    /// Puts an object on the stack that the class holds as a constant.
    void constant(CodeBuilder code, Object value, Class<?> type) {
        int index = constantIndexes
                .computeIfAbsent(value, none -> new HashMap<>())
                .computeIfAbsent(type, none -> {
                    constants.add(value);
                    constantTypes.add(desc(type));
                    return constants.size() - 1;
                });
        code.getstatic(SELF, "c" + index, constantTypes.get(index));
    }

    /// Fields for the constants, which JIT compilers take for constants, too.
    private void constants(ClassBuilder type) {
        for (int i = 0; i < constants.size(); i++) {
            type.withField("c" + i, constantTypes.get(i), ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
        }
        type.withMethodBody(
                ConstantDescs.CLASS_INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_STATIC, this::constants);
    }

    private void constants(CodeBuilder code) {
        code.invokestatic(
                        ConstantDescs.CD_MethodHandles,
                        "lookup",
                        MethodTypeDesc.of(ConstantDescs.CD_MethodHandles_Lookup))
                .loadConstant(ConstantDescs.DEFAULT_NAME)
                .loadConstant(DATA)
                .invokestatic(
                        ConstantDescs.CD_MethodHandles,
                        "classData",
                        MethodTypeDesc.of(
                                ConstantDescs.CD_Object,
                                ConstantDescs.CD_MethodHandles_Lookup,
                                ConstantDescs.CD_String,
                                ConstantDescs.CD_Class))
                .checkcast(DATA)
                .astore(0);
        for (int i = 0; i < constants.size(); i++) {
            code.aload(0)
                    .loadConstant(i)
                    .aaload()
                    .checkcast(constantTypes.get(i))
                    .putstatic(SELF, "c" + i, constantTypes.get(i));
        }
        code.return_();
    }

    static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
