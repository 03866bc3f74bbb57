package weir.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.model.Parameter;
import weir.source.Span;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Code that hands its whole expression to the sandbox.
final class ScriptCode extends Code {
    private final Programs programs;
    private final Script script;
    private final ScriptParts parts;
    private final List<Code> names;

    private ScriptCode(Programs programs, Script script, ScriptParts parts, List<Code> names, Span at) {
        super(at);
        this.parts = parts;
        this.programs = programs;
        this.script = script;
        this.names = names;
    }

    /// The code that has the expression run as JavaScript.
    static Code of(Expr expr, @Nullable Names names, Translation translation) {
        ScriptText.Printed printed;
        try {
            printed = ScriptText.of(expr);
        } catch (NotNative secret) {
            return new Calls.Fails(
                    "this expression needs the JavaScript sandbox, which secrets never enter; join the secret to a"
                            + " text in an expression of its own",
                    expr.at());
        }
        var reads = printed.names().stream()
                .map(name -> translation.name(name, names, expr.at()))
                .toList();
        return new ScriptCode(translation.programs, printed.script(), printed.parts(), reads, expr.at());
    }

    @Override
    Value run(Activation activation) {
        var arguments = new ArrayList<Value>(names.size());
        for (var name : names) {
            arguments.add(name.run(activation));
        }
        try {
            return perform(programs, script, arguments, activation.evaluation, at);
        } catch (EvaluationError error) {
            throw translated(error);
        }
    }

    /// An expression fails with the same codes, wherever it runs.
    private EvaluationError translated(EvaluationError error) {
        if (!error.at().equals(Span.NONE)) {
            return error;
        }
        var place = error.place();
        int offset = place == null ? -1 : place.offset(script.body());
        if (!error.code().equals("script_error")) {
            return new EvaluationError(error.code(), error.sentence(), parts.at(offset, at));
        }
        var told = error.sentence().split(": ", 2);
        var code = switch (told.length < 2 ? "" : told[0]) {
            case "TypeError" -> "type_error";
            case "RangeError" -> "range_error";
            case "SyntaxError" -> "syntax_error";
            case "URIError" -> "uri_error";
            default -> "script_error";
        };
        return code.equals("type_error")
                ? parts.typeError(told[1], offset, at)
                : new EvaluationError(
                        code, code.equals("script_error") ? error.sentence() : told[1], parts.at(offset, at));
    }

    /// @throws EvaluationError without a place in the file where the script itself failed
    static Value perform(Programs programs, Script script, List<Value> arguments, Evaluation evaluation, Span at) {
        evaluation.usedScript();
        return programs.scripts()
                .run(script, arguments, (function, values) -> hosted(programs, function, values, evaluation, at));
    }

    private static Value hosted(
            Programs programs, String function, List<Value> arguments, Evaluation evaluation, Span at) {
        var values = arguments.toArray(Value[]::new);
        try {
            if (function.startsWith(ScriptText.FUNCTION_PREFIX)) {
                var called = programs.function(function.substring(ScriptText.FUNCTION_PREFIX.length()));
                return called.call(fitted(programs, called.parameters(), values, at), evaluation);
            }
            if (function.startsWith(ScriptText.RULES_PREFIX)) {
                String name = function.substring(ScriptText.RULES_PREFIX.length());
                var given = fitted(programs, programs.parameters(name), values, at);
                return programs.rules(name)
                        .decide(Arrays.asList(given), evaluation)
                        .value();
            }
            if (function.startsWith(ScriptText.DRAW_PREFIX)) {
                return evaluation.draw(Expr.Drawn.valueOf(function.substring(1).toUpperCase(Locale.ROOT)));
            }
            var builtIn = Natives.function(function);
            if (builtIn == null) {
                throw Failure.type("there is no function " + function);
            }
            return builtIn.call(UndefinedValue.UNDEFINED, values, evaluation);
        } catch (Failure failure) {
            throw failure.at(at);
        }
    }

    /// JavaScript promises no types, so what it hands over is held against the declared ones.
    private static Value[] fitted(Programs programs, List<Parameter> parameters, Value[] arguments, Span at) {
        var given = arguments.clone();
        for (int i = 0; i < parameters.size(); i++) {
            var parameter = parameters.get(i);
            boolean left = i >= given.length || given[i] == UndefinedValue.UNDEFINED;
            if (left && parameter.optional()) {
                continue;
            }
            var value = i < given.length ? given[i] : UndefinedValue.UNDEFINED;
            var fitted = Fitting.fit(value, parameter.type(), programs.library(), parameter.name());
            if (!fitted.fits()) {
                throw new EvaluationError("does_not_fit", fitted.sentence(), at);
            }
            if (i < given.length) {
                given[i] = fitted.value();
            }
        }
        return given;
    }

    /// Native code that falls back to the sandbox where its values turn out to need it.
    static final class Guarded extends Code {
        private final Code code;
        private final Supplier<Code> script;

        Guarded(Code code, Supplier<Code> script) {
            super(code.at);
            this.code = code;
            this.script = Lazy.of(script);
        }

        @Override
        Kind kind() {
            return code.kind();
        }

        @Override
        @Nullable
        Value constant() {
            return code.constant();
        }

        @Override
        Value start(@Nullable Frame frame, Evaluation evaluation, Unit unit) {
            try {
                return code.start(frame, evaluation, unit);
            } catch (NotNative reason) {
                evaluation.needsScript(reason);
                return script.get().start(frame, evaluation, unit);
            }
        }

        @Override
        Value run(Activation activation) {
            try {
                return code.run(activation);
            } catch (NotNative reason) {
                activation.evaluation.needsScript(reason);
                return script.get().run(activation);
            }
        }

        @Override
        double number(Activation activation) {
            try {
                return code.number(activation);
            } catch (NotNative reason) {
                activation.evaluation.needsScript(reason);
                return script.get().number(activation);
            }
        }

        @Override
        boolean truth(Activation activation) {
            try {
                return code.truth(activation);
            } catch (NotNative reason) {
                activation.evaluation.needsScript(reason);
                return script.get().truth(activation);
            }
        }
    }
}
