package weir.sandbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.source.Span;
import weir.value.Value;

/// A script that somebody waits for while a thread runs it.
final class Task {
    private final Script script;
    private final String arguments;
    private final Scripts.Host host;
    private final CompletableFuture<Value> answer = new CompletableFuture<>();

    /// @param arguments see [Border#arguments]
    Task(Script script, String arguments, Scripts.Host host) {
        this.script = script;
        this.arguments = arguments;
        this.host = host;
    }

    /// Whether it has ended, or nobody waits for it any more.
    boolean isOver() {
        return answer.isDone();
    }

    Value runIn(World world) {
        return Border.result(world.run(script, arguments, Border.bridge(host)));
    }

    void succeed(Value value) {
        answer.complete(value);
    }

    void fail(Throwable problem) {
        answer.completeExceptionally(problem);
    }

    /// @throws EvaluationError why there is no value
    Value await() {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(false);
            throw new EvaluationError("script_error", "the script was interrupted", Span.NONE);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EvaluationError error) {
                throw error;
            }
            throw new EvaluationError("script_error", "the JavaScript engine failed: " + e.getCause(), Span.NONE);
        }
    }
}
