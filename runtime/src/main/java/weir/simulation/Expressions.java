package weir.simulation;

import weir.eval.EvaluationError;
import weir.eval.Frame;
import weir.eval.Programs;
import weir.eval.Scope;
import weir.graph.Expr;
import weir.value.StringValue;
import weir.value.Value;

/// Evaluates the expressions of a test.
final class Expressions {
    private final Programs programs;

    Expressions(Programs programs) {
        this.programs = programs;
    }

    /// @throws EvaluationError when it fails, or draws a value
    Value value(Expr expr, Scope scope, Frame frame) {
        return programs.compile(expr, scope).run(frame, programs.evaluation(drawn -> {
            throw new EvaluationError("type_error", "a test has no drawn values: write the value down", expr.at());
        }));
    }

    /// The text that it gives.
    String text(Expr expr) {
        var value = value(expr);
        return value instanceof StringValue(String text) ? text : Differences.text(value);
    }

    Value value(Expr expr) {
        return value(expr, new Scope(null), new Frame(null, 0));
    }
}
