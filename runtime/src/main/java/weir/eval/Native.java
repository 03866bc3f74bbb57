package weir.eval;

import weir.value.UndefinedValue;
import weir.value.Value;

/// A built-in function or method.
@FunctionalInterface
interface Native {
    /// @param self what it is a method of; undefined for functions
    /// @param arguments as many as were given
    /// @throws Failure as JavaScript would
    Value call(Value self, Value[] arguments, Evaluation evaluation);

    /// An argument; undefined when it was not given.
    static Value argument(Value[] arguments, int i) {
        return i < arguments.length ? arguments[i] : UndefinedValue.UNDEFINED;
    }
}
