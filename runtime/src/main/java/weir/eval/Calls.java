package weir.eval;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.source.Span;
import weir.value.ListValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Code that calls built-ins.
final class Calls {
    private Calls() {}

    /// The arguments of a call.
    sealed interface Arguments {
        Value[] run(Activation activation);

        final class Plain implements Arguments {
            final Code[] codes;

            Plain(List<Code> codes) {
                this.codes = codes.toArray(Code[]::new);
            }

            @Override
            public Value[] run(Activation activation) {
                return all(codes, activation);
            }
        }

        record Spread(Literals.SpreadList list) implements Arguments {
            @Override
            public Value[] run(Activation activation) {
                return list.run(activation).asList().toArray(Value[]::new);
            }
        }
    }

    static Value[] all(Code[] codes, Activation activation) {
        var values = new Value[codes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = codes[i].run(activation);
        }
        return values;
    }

    /// A call of a function.
    static final class Function extends Code {
        final Native function;
        final Arguments arguments;

        Function(Native function, Arguments arguments, Span at) {
            super(at);
            this.function = function;
            this.arguments = arguments;
        }

        @Override
        Value run(Activation activation) {
            return of(arguments.run(activation), activation);
        }

        Value of(Value[] values, Activation activation) {
            try {
                return function.call(UndefinedValue.UNDEFINED, values, activation.evaluation);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    /// A function of one number.
    static final class OfOne extends Code.Numeric {
        final DoubleUnaryOperator function;
        final Code argument;

        OfOne(DoubleUnaryOperator function, Code argument, Span at) {
            super(at);
            this.function = function;
            this.argument = argument;
        }

        @Override
        double number(Activation activation) {
            return function.applyAsDouble(argument.number(activation));
        }
    }

    /// A function of two numbers.
    static final class OfTwo extends Code.Numeric {
        final DoubleBinaryOperator function;
        final Code first;
        final Code second;

        OfTwo(DoubleBinaryOperator function, Code first, Code second, Span at) {
            super(at);
            this.function = function;
            this.first = first;
            this.second = second;
        }

        @Override
        double number(Activation activation) {
            if (first.kind() == Kind.NUMBER) {
                return function.applyAsDouble(first.number(activation), second.number(activation));
            }
            var a = first.run(activation);
            var b = second.run(activation);
            return function.applyAsDouble(first.toNumber(a), second.toNumber(b));
        }
    }

    /// What a method is called on, and how it is written.
    ///
    /// @param optional whether nothing is called on what is missing (`a?.b()`)
    /// @param optionalCall whether nothing is called when there is no such method (`a.b?.()`)
    /// @param path what the receiver is in messages
    record Receiver(Code code, String name, boolean optional, boolean optionalCall, Expr path) {
        boolean mayBeLeftOut() {
            return optional || optionalCall;
        }
    }

    /// A call of a method.
    abstract static class Method extends Code {
        final Receiver receiver;

        Method(Receiver receiver, Span at) {
            super(at);
            this.receiver = receiver;
        }

        /// @return null when there is no such method and the call is optional
        abstract @Nullable Value invoke(Value self, Activation activation);

        @Override
        Value run(Activation activation) {
            var value = call(receiver.code.run(activation), activation);
            return value == null ? UndefinedValue.UNDEFINED : value;
        }

        @Override
        @Nullable
        Value link(Activation activation) {
            var self = receiver.code.link(activation);
            return self == null ? null : call(self, activation);
        }

        private @Nullable Value call(Value self, Activation activation) {
            if (!self.isMissing()) {
                return invoke(self, activation);
            }
            if (receiver.optional) {
                return null;
            }
            throw cannotRead(self);
        }

        final EvaluationError cannotRead(Value self) {
            return Paths.cannotRead(receiver.path, self, "`." + receiver.name + "`", at);
        }

        /// Whether a call of what the value does not have is left out.
        final boolean isLeftOut(Value self) {
            var own = own(self);
            if (own == null && Members.inherits(self, receiver.name)) {
                throw new NotNative(receiver.name);
            }
            return receiver.optionalCall && (own == null || own.isMissing());
        }

        private @Nullable Value own(Value self) {
            try {
                return Members.own(self, receiver.name);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }

        final EvaluationError noMethod(Value self) {
            return new EvaluationError(
                    "type_error",
                    "`" + Paths.of(receiver.path) + "` is " + Shown.value(self) + ", which has no method `"
                            + receiver.name + "`",
                    at);
        }
    }

    /// A method that takes values.
    static final class NativeMethod extends Method {
        final Arguments arguments;
        final @Nullable Native onList;

        NativeMethod(Receiver receiver, Arguments arguments, Span at) {
            super(receiver, at);
            this.arguments = arguments;
            this.onList = ListMethods.ALL.get(receiver.name());
        }

        @Override
        @Nullable
        Value invoke(Value self, Activation activation) {
            var method = method(self);
            if (method == null) {
                if (isLeftOut(self)) {
                    return null;
                }
                arguments.run(activation);
                throw noMethod(self);
            }
            return of(method, self, arguments.run(activation), activation);
        }

        Value of(Native method, Value self, Value[] values, Activation activation) {
            try {
                return method.call(self, values, activation.evaluation);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }

        @Nullable
        Native method(Value self) {
            if (self instanceof ListValue && onList != null) {
                return onList;
            }
            try {
                return Natives.method(self, receiver.name());
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    /// A call of a function of the file.
    static final class Apply extends Code {
        final FunctionCode function;
        final Code[] arguments;

        Apply(FunctionCode function, List<Code> arguments, Span at) {
            super(at);
            this.function = function;
            this.arguments = arguments.toArray(Code[]::new);
        }

        @Override
        Value run(Activation activation) {
            return of(all(arguments, activation), activation);
        }

        Value of(Value[] values, Activation activation) {
            try {
                return function.call(values, activation.evaluation);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    /// A decision by a rule set of the file.
    static final class Decide extends Code {
        final Supplier<RuleProgram> rules;
        final Code[] arguments;

        Decide(Supplier<RuleProgram> rules, List<Code> arguments, Span at) {
            super(at);
            this.rules = rules;
            this.arguments = arguments.toArray(Code[]::new);
        }

        @Override
        Value run(Activation activation) {
            return of(all(arguments, activation), activation);
        }

        Value of(Value[] values, Activation activation) {
            return rules.get().decide(List.of(values), activation.evaluation).value();
        }
    }

    /// What always fails: a name that the graph does not define.
    static final class Fails extends Code {
        final String message;

        Fails(String message, Span at) {
            super(at);
            this.message = message;
        }

        @Override
        Value run(Activation activation) {
            throw new EvaluationError("type_error", message, at);
        }
    }

    static final class Draw extends Code {
        final Expr.Drawn what;

        Draw(Expr.Drawn what, Span at) {
            super(at);
            this.what = what;
        }

        @Override
        Value run(Activation activation) {
            return activation.evaluation.draw(what);
        }
    }
}
