package weir.eval;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.graph.Library;
import weir.model.Parameter;
import weir.source.Span;
import weir.value.UndefinedValue;
import weir.value.Value;

/// A function of the file. Compiled when it is first called, so functions may call each other.
final class FunctionCode {
    private final Programs programs;
    private final Library.Function function;
    private final Supplier<Body> body;

    FunctionCode(Programs programs, Library.Function function) {
        this.programs = programs;
        this.function = function;
        this.body = Lazy.of(this::compiled);
    }

    /// Runs with the arguments as the first locals.
    private interface Body {
        Value run(Value[] arguments, Evaluation evaluation);
    }

    List<Parameter> parameters() {
        return function.parameters();
    }

    private int parameterCount() {
        return function.parameters().size();
    }

    /// @param arguments missing ones are undefined
    Value call(Value[] arguments, Evaluation evaluation) {
        evaluation.enter();
        evaluation.spend(1);
        try {
            return body.get().run(arguments, evaluation);
        } finally {
            evaluation.leave();
        }
    }

    private Body compiled() {
        return switch (function.body()) {
            case Library.Function.Body.Of of -> expression(of);
            case Library.Function.Body.Script(String text, var at) -> script(text, at);
        };
    }

    private Body expression(Library.Function.Body.Of of) {
        var unit = new Unit();
        @Nullable Names names = null;
        for (var parameter : function.parameters()) {
            names = new Names(names, parameter.name(), unit.local(), false);
        }
        var code = programs.code(of.expression(), names, unit, function.name());
        int count = parameterCount();
        return (arguments, evaluation) -> {
            var activation = unit.activation(null, evaluation);
            for (int i = 0; i < count; i++) {
                activation.locals[i] = Native.argument(arguments, i);
            }
            return code.run(activation);
        };
    }

    private Body script(String text, @Nullable Span file) {
        var parameters = function.parameters().stream()
                .map(parameter -> ScriptText.identifier(parameter.name()))
                .toList();
        var script = new Script(text, parameters, List.of());
        return (arguments, evaluation) -> {
            var given = Arrays.copyOf(arguments, parameters.size());
            for (int i = 0; i < given.length; i++) {
                given[i] = i < arguments.length ? arguments[i] : UndefinedValue.UNDEFINED;
            }
            try {
                return fitted(ScriptCode.perform(programs, script, Arrays.asList(given), evaluation, function.at()));
            } catch (EvaluationError error) {
                throw placed(error, text, file);
            }
        };
    }

    /// What fails in a fence has its place in it; where the fence is in another file, the sentence says which line.
    private EvaluationError placed(EvaluationError error, String text, @Nullable Span file) {
        var place = error.place();
        if (!error.at().equals(Span.NONE)) {
            return error;
        }
        if (place == null) {
            return new EvaluationError(error.code(), error.sentence(), function.at());
        }
        if (file == null) {
            var where = " (in `" + function.name() + "`, line " + place.line() + " of its script)";
            return new EvaluationError(error.code(), error.sentence() + where, function.at());
        }
        int at = file.start() + place.offset(text);
        return new EvaluationError(error.code(), error.sentence(), new Span(at, at + 1));
    }

    /// JavaScript promises no types, so what comes back is held against the declared one.
    private Value fitted(Value value) {
        var fitted = Fitting.fit(value, function.result(), programs.library(), "result");
        if (!fitted.fits()) {
            throw new EvaluationError(
                    "does_not_fit",
                    "the function `" + function.name() + "` gives what it does not promise: " + fitted.sentence(),
                    function.at());
        }
        return fitted.value();
    }
}
