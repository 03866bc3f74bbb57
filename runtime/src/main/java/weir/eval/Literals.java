package weir.eval;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.Numerals;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.Shape;
import weir.value.StringValue;
import weir.value.Value;

/// Code of literals, templates, lists and records.
final class Literals {
    private Literals() {}

    static final class Constant extends Code {
        final Value value;
        final Kind kind;

        Constant(Value value, Span at) {
            super(at);
            this.value = value;
            this.kind = value instanceof NumberValue
                    ? Kind.NUMBER
                    : value instanceof BooleanValue ? Kind.BOOLEAN : Kind.ANY;
        }

        @Override
        Value run(Activation activation) {
            return value;
        }

        @Override
        Kind kind() {
            return kind;
        }

        @Override
        double number(Activation activation) {
            return value instanceof NumberValue(double number) ? number : toNumber(value);
        }

        @Override
        Value constant() {
            return value;
        }
    }

    /// Joins texts; remembers the pieces as soon as a secret is among them.
    static final class Joiner {
        final StringBuilder text;
        private @Nullable List<SecretValue.Piece> pieces;

        /// @param length about how long the text is going to be
        Joiner(int length) {
            this.text = new StringBuilder(length);
        }

        void add(Value value) {
            switch (value) {
                case StringValue(String plain) -> text.append(plain);
                case NumberValue(double number) -> Numerals.append(text, number);
                case SecretValue secret -> add(secret);
                // Default: the types that are rare in templates.
                default -> text.append(Coercion.text(value));
            }
        }

        void add(String plain) {
            text.append(plain);
        }

        private void add(SecretValue secret) {
            if (pieces == null) {
                pieces = new ArrayList<>();
            }
            cut(pieces);
            pieces.addAll(secret.pieces());
        }

        private void cut(List<SecretValue.Piece> into) {
            if (!text.isEmpty()) {
                into.add(new SecretValue.Piece.Plain(text.toString()));
                text.setLength(0);
            }
        }

        Value joined(Evaluation evaluation) {
            evaluation.makeText(text.length());
            if (pieces == null) {
                return new StringValue(text.toString());
            }
            cut(pieces);
            return new SecretValue(pieces);
        }
    }

    static final class Template extends Code {
        private static final int MAX_GUESS = 1_000;

        final String[] texts;
        final Code[] values;
        /// The longest text it has made: a guess for the next one.
        private int length = 16;

        Template(List<String> texts, List<Code> values, Span at) {
            super(at);
            this.texts = texts.toArray(String[]::new);
            this.values = values.toArray(Code[]::new);
        }

        @Override
        Value run(Activation activation) {
            var joiner = new Joiner(length);
            joiner.add(texts[0]);
            for (int i = 0; i < values.length; i++) {
                add(values[i].run(activation), i, joiner, activation);
            }
            return joined(joiner, activation);
        }

        /// The text with these values in it.
        Value of(Value[] given, Activation activation) {
            var joiner = new Joiner(length);
            joiner.add(texts[0]);
            for (int i = 0; i < given.length; i++) {
                add(given[i], i, joiner, activation);
            }
            return joined(joiner, activation);
        }

        private void add(Value value, int i, Joiner joiner, Activation activation) {
            try {
                joiner.add(value);
            } catch (Failure failure) {
                throw failure.at(values[i].at);
            }
            if (joiner.text.length() > activation.evaluation.longestText()) {
                // Too long already, which is the template's fault wherever it is seen.
                joined(joiner, activation);
            }
            joiner.add(texts[i + 1]);
        }

        private Value joined(Joiner joiner, Activation activation) {
            try {
                length = Math.clamp(joiner.text.length(), length, MAX_GUESS);
                return joiner.joined(activation.evaluation);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    /// A record whose names are all known.
    static final class PlainRecord extends Code {
        final Shape shape;
        final Code[] values;

        PlainRecord(Shape shape, List<Code> values, Span at) {
            super(at);
            this.shape = shape;
            this.values = values.toArray(Code[]::new);
        }

        @Override
        Value run(Activation activation) {
            var fields = new Value[values.length];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = values[i].run(activation);
            }
            return RecordValue.of(shape, fields);
        }
    }

    /// Something that puts fields into a record.
    sealed interface Putter {
        record Named(String name, Code value) implements Putter {}

        record Computed(Code name, Code value) implements Putter {}

        record Spread(Code value) implements Putter {}
    }

    static final class MixedRecord extends Code {
        final List<Putter> putters;

        MixedRecord(List<Putter> putters, Span at) {
            super(at);
            this.putters = putters;
        }

        @Override
        Value run(Activation activation) {
            var record = RecordValue.builder();
            for (var putter : putters) {
                switch (putter) {
                    case Putter.Named(String name, Code value) -> record.put(name, value.run(activation));
                    case Putter.Computed(Code name, Code value) -> {
                        var key = name.run(activation);
                        record.put(name(key, name), value.run(activation));
                    }
                    case Putter.Spread(Code value) -> spread(value.run(activation), value, activation, record);
                }
            }
            return record.build();
        }

        static String name(Value key, Code code) {
            try {
                return Coercion.text(key);
            } catch (Failure failure) {
                throw failure.at(code.at);
            }
        }

        static void spread(Value value, Code code, Activation activation, RecordValue.Builder record) {
            if (value instanceof RecordValue fields) {
                activation.evaluation.spend(fields.size(), code.at);
                record.putAll(fields);
                return;
            }
            try {
                ObjectFunctions.forEachOwn(value, (name, field) -> record.put(name, field), activation.evaluation);
            } catch (Failure failure) {
                throw failure.at(code.at);
            }
        }
    }

    static final class PlainList extends Code {
        final Code[] items;

        PlainList(List<Code> items, Span at) {
            super(at);
            this.items = items.toArray(Code[]::new);
        }

        @Override
        Value run(Activation activation) {
            var values = new Value[items.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = items[i].run(activation);
            }
            return ListValue.owning(values);
        }
    }

    /// A list, or the arguments of a call, with spreads.
    static final class SpreadList extends Code {
        final List<Code> items;
        final boolean[] spread;

        SpreadList(List<Code> items, boolean[] spread, Span at) {
            super(at);
            this.items = items;
            this.spread = spread;
        }

        @Override
        ListValue run(Activation activation) {
            var values = new ArrayList<Value>();
            for (int i = 0; i < spread.length; i++) {
                var value = items.get(i).run(activation);
                if (spread[i]) {
                    spread(value, items.get(i), activation, values);
                } else {
                    values.add(value);
                }
            }
            return ListValue.of(values);
        }

        static void spread(Value value, Code code, Activation activation, List<Value> values) {
            try {
                ListMethods.iterate(value, values::add, activation.evaluation);
            } catch (Failure failure) {
                throw failure.at(code.at);
            }
        }
    }
}
