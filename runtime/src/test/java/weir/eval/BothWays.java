package weir.eval;

import java.util.List;
import weir.graph.Expr;
import weir.graph.Library;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// Evaluates an expression as closures and in the sandbox, and says whether they agree.
final class BothWays {
    private final Scripts sandbox;
    private final Programs programs;

    BothWays(Scripts sandbox) {
        this.sandbox = sandbox;
        this.programs = new Programs(Library.EMPTY, RecordValue.EMPTY, sandbox);
    }

    /// @param closures what closures gave: the value's exact text, or `!` and the kind of failure
    /// @param script what the sandbox gave
    record Outcome(String closures, String script) {
        boolean agrees() {
            return closures.equals(script) || isLimit(closures) || isLimit(script);
        }

        /// Limits count other things on either side.
        private static boolean isLimit(String outcome) {
            return outcome.startsWith("! limit_");
        }
    }

    Outcome run(Expr expr, List<String> names, List<Value> values) {
        return new Outcome(closures(expr, names, values), script(expr, names, values));
    }

    String closures(Expr expr, List<String> names, List<Value> values) {
        var scope = new Scope(null);
        var frame = new Frame(null, names.size());
        for (int i = 0; i < names.size(); i++) {
            frame.set(scope.declare(names.get(i)), values.get(i));
        }
        try {
            return Json.exactText(programs.compile(expr, scope).run(frame, ExpressionCases.evaluation()));
        } catch (EvaluationError error) {
            return "! " + error.code();
        }
    }

    String script(Expr expr, List<String> names, List<Value> values) {
        var scope = new Scope(null);
        var frame = new Frame(null, names.size());
        for (int i = 0; i < names.size(); i++) {
            frame.set(scope.declare(names.get(i)), values.get(i));
        }
        var unit = new Unit();
        var code = ScriptCode.of(expr, null, new Translation(programs, scope, unit, null));
        try {
            return Json.exactText(code.run(unit.activation(frame, ExpressionCases.evaluation())));
        } catch (EvaluationError error) {
            return "! " + error.code();
        }
    }

    Scripts sandbox() {
        return sandbox;
    }
}
