package weir.eval;

import weir.graph.Library;
import weir.model.Type;
import weir.value.NumberValue;
import weir.value.Value;

/// Code whose value is held against the type that somebody relies on.
final class FitCode extends Code {
    final Code code;
    private final Type type;
    private final String name;
    private final Library library;

    /// @param name what an error calls the value
    FitCode(Code code, Type type, String name, Library library) {
        super(code.at);
        this.code = code;
        this.type = type;
        this.name = name;
        this.library = library;
    }

    /// What is evaluated, whether it is held against a type or not.
    static Code inner(Code code) {
        return code instanceof FitCode fit ? inner(fit.code) : code;
    }

    @Override
    Kind kind() {
        return code.kind();
    }

    @Override
    Value run(Activation activation) {
        return of(code.run(activation));
    }

    @Override
    double number(Activation activation) {
        if (type == Type.Basic.INT && code.kind() == Kind.NUMBER) {
            double number = code.number(activation);
            if (Fitting.isWhole(number)) {
                return number;
            }
            of(new NumberValue(number));
        }
        return super.number(activation);
    }

    Value of(Value value) {
        if (type instanceof Type.Basic basic && Fitting.isPlain(value, basic)) {
            return value;
        }
        var fitted = Fitting.fit(value, type, library, name);
        if (!fitted.fits()) {
            throw new EvaluationError("does_not_fit", fitted.sentence(), at);
        }
        return fitted.value();
    }
}
