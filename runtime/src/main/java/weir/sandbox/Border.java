package weir.sandbox;

import java.util.List;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.eval.Scripts;
import weir.source.Span;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// How values, calls and failures cross the border of a world: as texts. A text that comes out is told by its first
/// character: `=` and a value in the exact form, or `!` and a complaint.
final class Border {
    private Border() {}

    /// The text of what a script is given.
    ///
    /// @throws EvaluationError when a secret is in it, or it is nested too deep
    static String arguments(List<Value> arguments) {
        return text(ListValue.of(arguments));
    }

    /// Nor do they come out: a world that was taken over could name any.
    private static Value withoutSecrets(Value value) {
        if (Secrets.isIn(value)) {
            throw new EvaluationError("type_error", "secrets never enter the JavaScript sandbox", Span.NONE);
        }
        return value;
    }

    private static String text(Value value) {
        try {
            return Json.exactText(withoutSecrets(value));
        } catch (JsonProblem problem) {
            throw new EvaluationError(problem.code(), problem.sentence(), Span.NONE);
        }
    }

    /// What a script gave.
    ///
    /// @throws EvaluationError what it complained about
    static Value result(String told) {
        if (told.charAt(0) != '=') {
            throw Complaint.error(told.substring(1));
        }
        try {
            return withoutSecrets(Json.readExact(told.substring(1)));
        } catch (JsonProblem problem) {
            throw new EvaluationError("limit_size", "the script's result: " + problem.sentence(), Span.NONE);
        }
    }

    static World.Bridge bridge(Scripts.Host host) {
        return (function, arguments) -> answer(host, function, arguments);
    }

    /// What a function of the host gives to a script that called it: the text of a value, or a complaint.
    ///
    /// @param arguments a list, as text
    static String answer(Scripts.Host host, String function, String arguments) {
        try {
            var values = (ListValue) withoutSecrets(Json.readExact(arguments));
            return text(host.call(function, values.asList()));
        } catch (EvaluationError error) {
            return complaint(error);
        } catch (JsonProblem problem) {
            return complaint("range_error", problem.sentence());
        } catch (PolyglotException stopped) {
            throw stopped;
        } catch (RuntimeException mistake) {
            // Scripts see no object of the host, not even its exceptions.
            return complaint("script_error", function + " failed: " + mistake);
        }
    }

    /// With its place in the script's text, if it has one.
    static String complaint(EvaluationError error) {
        return complaint(error.code(), error.sentence(), Complaint.stack(error.place()));
    }

    private static String complaint(String code, String message) {
        return complaint(code, message, "");
    }

    private static String complaint(String code, String message, String stack) {
        return "!"
                + Json.text(RecordValue.builder()
                        .put("code", Value.of(code))
                        .put("message", Value.of(message))
                        .put("stack", Value.of(stack))
                        .build());
    }

    /// Why a script was stopped together with its world.
    ///
    /// @param reason of the watch, if it was the watch
    static EvaluationError stopped(PolyglotException problem, @Nullable EvaluationError reason) {
        if (reason != null) {
            return reason;
        }
        if (String.valueOf(problem.getMessage()).startsWith("Maximum frame limit")) {
            return new EvaluationError(
                    "limit_depth",
                    "functions of this script call each other more than %,d deep (a fixed limit)"
                            .formatted(World.MAX_FRAMES),
                    Span.NONE);
        }
        if (problem.isResourceExhausted()) {
            return tooMuchMemory();
        }
        return new EvaluationError("script_error", "the script could not be run: " + problem.getMessage(), Span.NONE);
    }

    static EvaluationError tooMuchMemory() {
        return new EvaluationError("limit_memory", "this script took more memory than there is", Span.NONE);
    }
}
