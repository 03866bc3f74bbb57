package weir.eval;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.source.Span;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Code that reads names and members.
final class Reads {
    private Reads() {}

    /// A name of the run.
    static final class FrameName extends Code {
        final String name;
        final int up;
        final int slot;

        FrameName(String name, Scope.Place place, Span at) {
            super(at);
            this.name = name;
            this.up = place.up();
            this.slot = place.slot();
        }

        @Override
        Value run(Activation activation) {
            var frame = activation.frame;
            for (int i = 0; i < up && frame != null; i++) {
                frame = frame.parent();
            }
            var value = frame == null ? null : frame.get(slot);
            if (value == null) {
                throw missing();
            }
            return value;
        }

        EvaluationError missing() {
            return new EvaluationError("type_error", "`" + name + "` has no value yet", at);
        }
    }

    /// A parameter of an arrow or a function.
    static final class Local extends Code {
        final int slot;

        Local(int slot, Span at) {
            super(at);
            this.slot = slot;
        }

        @Override
        Value run(Activation activation) {
            return activation.locals[slot];
        }
    }

    /// A parameter that is always a number.
    static final class NumericLocal extends Code.Numeric {
        final int slot;

        NumericLocal(int slot, Span at) {
            super(at);
            this.slot = slot;
        }

        @Override
        double number(Activation activation) {
            return activation.numbers[slot];
        }
    }

    /// A constant of the file, or `settings`, made when it is first needed.
    static final class Late extends Code {
        final Supplier<Value> value;

        Late(Supplier<Value> value, Span at) {
            super(at);
            this.value = value;
        }

        @Override
        Value run(Activation activation) {
            return value.get();
        }
    }

    /// `object.name`, with an inline cache.
    static class Member extends Code {
        final Code object;
        final InlineCache cache;
        final boolean optional;
        final Expr path;

        /// @param path what the object is in messages
        Member(Code object, String name, boolean optional, Expr path, Span at) {
            super(at);
            this.object = object;
            this.cache = new InlineCache(name);
            this.optional = optional;
            this.path = path;
        }

        @Override
        Value run(Activation activation) {
            return read(object.run(activation));
        }

        @Override
        double number(Activation activation) {
            var value = read(object.run(activation));
            return value instanceof NumberValue(double number) ? number : toNumber(value);
        }

        @Override
        @Nullable
        Value link(Activation activation) {
            var value = object.link(activation);
            if (value == null || (optional && value.isMissing())) {
                return null;
            }
            return read(value);
        }

        final Value read(Value value) {
            if (value instanceof RecordValue record) {
                var found = cache.find(record);
                if (found != null) {
                    return found;
                }
            }
            return inherited(value);
        }

        /// The value of what a record does not have itself.
        private Value inherited(Value value) {
            if (value.isMissing()) {
                throw Paths.cannotRead(path, value, "`." + cache.name + "`", at);
            }
            try {
                return Members.get(value, cache.name);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    /// `parameter.name`: the most frequent member of all, without a call for the parameter.
    static final class LocalMember extends Member {
        final int slot;

        LocalMember(Local object, String name, Expr path, Span at) {
            super(object, name, false, path, at);
            this.slot = object.slot;
        }

        @Override
        Value run(Activation activation) {
            return read(activation.locals[slot]);
        }

        @Override
        double number(Activation activation) {
            var value = read(activation.locals[slot]);
            return value instanceof NumberValue(double number) ? number : toNumber(value);
        }
    }

    /// `object[index]`.
    static final class Index extends Code {
        final Code object;
        final Code index;
        final boolean optional;
        final Expr path;

        Index(Code object, Code index, boolean optional, Expr path, Span at) {
            super(at);
            this.object = object;
            this.index = index;
            this.optional = optional;
            this.path = path;
        }

        @Override
        Value run(Activation activation) {
            return read(object.run(activation), index.run(activation));
        }

        @Override
        @Nullable
        Value link(Activation activation) {
            var value = object.link(activation);
            if (value == null || (optional && value.isMissing())) {
                return null;
            }
            return read(value, index.run(activation));
        }

        Value read(Value value, Value key) {
            if (value instanceof ListValue list && key instanceof NumberValue(double number)) {
                int position = (int) number;
                if (position == number && position >= 0) {
                    return position < list.size() ? list.get(position) : UndefinedValue.UNDEFINED;
                }
            }
            if (value.isMissing()) {
                throw Paths.cannotRead(path, value, "`[" + shown(key) + "]`", at);
            }
            try {
                return Members.get(value, Coercion.text(key));
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }

        private static String shown(Value key) {
            return switch (key) {
                case StringValue(String text) -> Shown.quoted(text);
                case NumberValue _ -> Coercion.text(key);
                // Default: other keys are no names that anybody wrote.
                default -> "…";
            };
        }
    }

    /// Where a `?.` inside stops.
    static final class Chain extends Code {
        final Code inner;

        Chain(Code inner, Span at) {
            super(at);
            this.inner = inner;
        }

        @Override
        Value run(Activation activation) {
            var value = inner.link(activation);
            return value == null ? UndefinedValue.UNDEFINED : value;
        }
    }
}
