package weir.eval;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.StringConcatFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import weir.value.Numerals;
import weir.value.RecordValue;
import weir.value.Shape;
import weir.value.StringValue;

/// Emits templates, records and lists.
final class LiteralEmitter {
    /// Templates of more pieces are joined in a loop.
    private static final int MOST_PIECES = 20;

    /// The JVM's constants are bounded, too.
    private static final int LONGEST = 10_000;

    private static final ClassDesc STRING = ConstantDescs.CD_String;
    private static final ClassDesc TEXT = Emitter.desc(StringValue.class);
    private static final ClassDesc RECORD = Emitter.desc(RecordValue.class);
    private static final ClassDesc BUILDER = Emitter.desc(RecordValue.Builder.class);
    private static final ClassDesc ITEMS = Emitter.desc(ArrayList.class);
    private static final ClassDesc ARRAY = Emitter.VALUE.arrayType();
    private static final DirectMethodHandleDesc CONCAT = ConstantDescs.ofCallsiteBootstrap(
            Emitter.desc(StringConcatFactory.class),
            "makeConcatWithConstants",
            Emitter.desc(java.lang.invoke.CallSite.class),
            STRING,
            ConstantDescs.CD_Object.arrayType());

    private final MethodEmitter method;

    LiteralEmitter(MethodEmitter method) {
        this.method = method;
    }

    private CodeBuilder code() {
        return method.code();
    }

    /// One allocation as long as the text is, where Java's own concatenation will do: of texts without secrets.
    void template(Literals.Template template) {
        var values = Arrays.asList(template.values);
        int length = Arrays.stream(template.texts).mapToInt(String::length).sum();
        if (values.size() > MOST_PIECES
                || length > LONGEST
                || Arrays.stream(template.texts).anyMatch(LiteralEmitter::isSpecial)) {
            pieces(template, values);
            return;
        }
        var pieces = values.stream().mapToInt(this::piece).toArray();
        var secret = code().newLabel();
        var end = code().newLabel();
        var texts = new int[pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            texts[i] = isNumber(values.get(i)) ? pieces[i] : text(pieces[i], secret);
        }
        length(length, texts, template);
        code().new_(TEXT).dup();
        for (int text : texts) {
            code().aload(text);
        }
        concatenate(template);
        code().invokespecial(TEXT, ConstantDescs.INIT_NAME, MethodTypeDesc.of(ConstantDescs.CD_void, STRING));
        code().goto_(end).labelBinding(secret);
        withSecret(template, pieces);
        code().labelBinding(end);
    }

    /// The concatenation's own marks.
    private static boolean isSpecial(String text) {
        return text.indexOf('\1') >= 0 || text.indexOf('\2') >= 0;
    }

    private static boolean isNumber(Code value) {
        return value.kind() == Code.Kind.NUMBER;
    }

    /// Stores a piece: the text of a number, else a value that can be converted.
    private int piece(Code value) {
        if (isNumber(value)) {
            method.number(value);
            code().invokestatic(Emitter.desc(Numerals.class), "text", MethodTypeDesc.of(STRING, Emitter.DOUBLE));
        } else {
            method.value(value);
            method.call("piece", Emitter.VALUE, value, Code.class, Emitter.VALUE);
        }
        return method.store();
    }

    private int text(int piece, Label secret) {
        code().aload(piece);
        method.call("text", STRING, Emitter.VALUE);
        int text = method.store();
        code().aload(text).ifnull(secret);
        return text;
    }

    private void length(int fixed, int[] texts, Literals.Template template) {
        code().loadConstant(fixed);
        for (int text : texts) {
            code().aload(text)
                    .invokevirtual(STRING, "length", MethodTypeDesc.of(ConstantDescs.CD_int))
                    .iadd();
        }
        code().aload(0);
        method.call("makeText", ConstantDescs.CD_void, template, Code.class, ConstantDescs.CD_int, Emitter.ACTIVATION);
    }

    private void concatenate(Literals.Template template) {
        var recipe = String.join("\1", template.texts);
        var types = Collections.nCopies(template.values.length, STRING);
        code().invokedynamic(DynamicCallSiteDesc.of(
                CONCAT, "makeConcatWithConstants", MethodTypeDesc.of(STRING, types), recipe));
    }

    /// Joins what is in variables when one of them is a secret.
    private void withSecret(Literals.Template template, int[] pieces) {
        code().loadConstant(pieces.length).anewarray(Emitter.VALUE);
        for (int i = 0; i < pieces.length; i++) {
            code().dup().loadConstant(i);
            if (isNumber(template.values[i])) {
                code().new_(TEXT).dup().aload(pieces[i]);
                code().invokespecial(TEXT, ConstantDescs.INIT_NAME, MethodTypeDesc.of(ConstantDescs.CD_void, STRING));
            } else {
                code().aload(pieces[i]);
            }
            code().aastore();
        }
        join(template);
    }

    private void pieces(Literals.Template template, List<Code> values) {
        code().loadConstant(values.size()).anewarray(Emitter.VALUE);
        for (int i = 0; i < values.size(); i++) {
            code().dup().loadConstant(i);
            method.value(values.get(i));
            method.call("piece", Emitter.VALUE, values.get(i), Code.class, Emitter.VALUE);
            code().aastore();
        }
        join(template);
    }

    private void join(Literals.Template template) {
        code().aload(0);
        method.call("template", Emitter.VALUE, template, Literals.Template.class, ARRAY, Emitter.ACTIVATION);
    }

    void record(Literals.PlainRecord record) {
        method.emitter().constant(code(), record.shape, Shape.class);
        method.array(Arrays.asList(record.values));
        code().invokestatic(RECORD, "of", MethodTypeDesc.of(RECORD, Emitter.desc(Shape.class), ARRAY));
    }

    void record(Literals.MixedRecord record) {
        var put = MethodTypeDesc.of(BUILDER, STRING, Emitter.VALUE);
        code().invokestatic(RECORD, "builder", MethodTypeDesc.of(BUILDER));
        for (var putter : record.putters) {
            switch (putter) {
                case Literals.Putter.Named(String name, Code value) -> {
                    method.emitter().constant(code(), name, String.class);
                    method.value(value);
                    code().invokevirtual(BUILDER, "put", put);
                }
                case Literals.Putter.Computed(Code name, Code value) -> {
                    method.value(name);
                    method.call("fieldName", STRING, name, Code.class, Emitter.VALUE);
                    method.value(value);
                    code().invokevirtual(BUILDER, "put", put);
                }
                case Literals.Putter.Spread(Code value) -> {
                    code().dup();
                    method.value(value);
                    code().aload(0);
                    method.call(
                            "spreadFields",
                            ConstantDescs.CD_void,
                            value,
                            Code.class,
                            BUILDER,
                            Emitter.VALUE,
                            Emitter.ACTIVATION);
                }
            }
        }
        code().invokevirtual(BUILDER, "build", MethodTypeDesc.of(RECORD));
    }

    void list(Literals.PlainList list) {
        method.array(Arrays.asList(list.items));
        code().invokestatic(Emitter.LIST, "owning", MethodTypeDesc.of(Emitter.LIST, ARRAY));
    }

    void list(Literals.SpreadList list) {
        items(list);
        code().invokestatic(
                        Emitter.LIST, "of", MethodTypeDesc.of(Emitter.LIST, Emitter.desc(java.util.Collection.class)));
    }

    /// Puts the items as an array.
    void spreadArray(Literals.SpreadList list) {
        items(list);
        method.call("array", ARRAY, Emitter.desc(List.class));
    }

    private void items(Literals.SpreadList list) {
        code().new_(ITEMS).dup();
        code().invokespecial(ITEMS, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        for (int i = 0; i < list.spread.length; i++) {
            code().dup();
            method.value(list.items.get(i));
            if (list.spread[i]) {
                code().aload(0);
                method.call(
                        "spreadItems",
                        ConstantDescs.CD_void,
                        list.items.get(i),
                        Code.class,
                        Emitter.desc(List.class),
                        Emitter.VALUE,
                        Emitter.ACTIVATION);
            } else {
                code().invokevirtual(ITEMS, "add", MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object))
                        .pop();
            }
        }
    }
}
