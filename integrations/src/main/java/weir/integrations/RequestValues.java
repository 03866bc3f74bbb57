package weir.integrations;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.eval.Datetimes;
import weir.eval.EvaluationError;
import weir.eval.Frame;
import weir.eval.Scope;
import weir.graph.Expr;
import weir.graph.Service;
import weir.value.BooleanValue;
import weir.value.NumberValue;
import weir.value.UndefinedValue;
import weir.value.Value;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// Evaluates the expressions of one call's request. What they draw is drawn again for a further attempt: `now()` is the
/// time of the attempt, `uuid()` and `random()` follow from the step's key.
final class RequestValues {
    private static final String RESPONSE = "response";

    private final Handler.Call call;
    private final Scope scope = new Scope(null);
    private final Frame frame;
    private final int response;
    private final Random random;
    private int drawn;

    RequestValues(Handler.Call call, Service.Action action) {
        this.call = call;
        this.random = new Random(call.key().hashCode());
        action.parameters().forEach(parameter -> scope.declare(parameter.name()));
        this.response = scope.declare(RESPONSE);
        this.frame = new Frame(null, scope.size());
        for (int i = 0; i < action.parameters().size(); i++) {
            var value = call.arguments().get(action.parameters().get(i).name());
            frame.set(i, value == null ? UndefinedValue.UNDEFINED : value);
        }
    }

    /// @param answer what `response` is, or null before there is one
    Value of(Expr expr, @Nullable Value answer) throws StepFailure {
        frame.set(response, answer == null ? UndefinedValue.UNDEFINED : answer);
        try {
            var programs = call.plan().programs();
            return programs.compile(expr, scope).run(frame, programs.evaluation(this::draw));
        } catch (EvaluationError wrong) {
            throw StepFailure.permanent(
                    wrong.code(),
                    "the request of " + call.integration() + "." + call.action() + ": " + wrong.sentence());
        }
    }

    boolean isTrue(Expr condition, Value answer) throws StepFailure {
        return of(condition, answer) == BooleanValue.TRUE;
    }

    private Value draw(Expr.Drawn what) {
        return switch (what) {
            case NOW -> Value.of(Datetimes.text(Instant.now()));
            case UUID ->
                Value.of(UUID.nameUUIDFromBytes((call.key() + "/" + drawn++).getBytes(StandardCharsets.UTF_8))
                        .toString());
            case RANDOM -> new NumberValue(random.nextDouble());
        };
    }

    /// The whole URL without its query. A value that stands in the path is one part of it, whatever is in it.
    String url(@Nullable Expr base, Expr path) throws StepFailure {
        var text = new StringBuilder();
        if (path instanceof Expr.Template(var texts, var inner, var _)) {
            for (int i = 0; i < texts.size(); i++) {
                text.append(texts.get(i));
                if (i < inner.size()) {
                    String value = Links.plain(of(inner.get(i), null));
                    text.append(text.indexOf("?") < 0 ? segment(value) : Links.encoded(value));
                }
            }
        } else {
            text.append(Links.plain(of(path, null)));
        }
        String written = text.toString();
        if (base == null || written.matches("https?://.*")) {
            return written;
        }
        String start = Links.plain(of(base, null));
        return (start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + written;
    }

    private static String segment(String value) throws StepFailure {
        // Each of these would make the path another one.
        if (value.isEmpty() || value.equals(".") || value.equals("..")) {
            throw StepFailure.permanent("bad_argument", "\"" + value + "\" cannot be a part of a path");
        }
        return Links.encoded(value);
    }
}
