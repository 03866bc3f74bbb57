package weir.eval;

import java.util.List;
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
}
