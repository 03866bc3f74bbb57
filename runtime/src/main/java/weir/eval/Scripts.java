package weir.eval;

import java.util.List;
import weir.source.Span;
import weir.value.Value;

/// Runs JavaScript that the JVM closures do not cover; the sandbox implements it.
public interface Scripts {
    /// Runs the body of a function that has these parameters.
    ///
    /// @param body statements that `return`, as the user or the printer of expressions wrote them
    /// @param parameters names in order
    /// @param arguments one each
    /// @throws EvaluationError with code `script_error` when it throws, `limit_…` when a limit stops it
    Value run(String body, List<String> parameters, List<Value> arguments);

    /// The same for a script that may call functions of ours.
    ///
    /// @param host performs those calls, on the thread of the script
    default Value run(Script script, List<Value> arguments, Host host) {
        if (script.functions().isEmpty()) {
            return run(script.body(), script.parameters(), arguments);
        }
        throw new EvaluationError("script_error", "scripts cannot call functions here", Span.NONE);
    }

    /// What one evaluation may take here, whichever way it goes: natively or as a script.
    default Budget budget() {
        return Budget.STANDARD;
    }

    /// What scripts may call: the functions they name, and the built-ins that are not JavaScript's (`time.add`).
    interface Host {
        /// @throws EvaluationError when the function fails
        Value call(String function, List<Value> arguments);
    }
}
