package weir.eval;

import java.time.Instant;
import java.util.List;
import weir.value.Value;

/// A compiled rule set. Shared between threads.
public interface RuleProgram {
    /// What a rule set decided.
    ///
    /// @param value the result; null when no row matches, and the list of all results under the policy `all`
    /// @param rows the rows or sentences that fired, from 1
    record Outcome(Value value, List<Integer> rows) {
        public Outcome {
            rows = List.copyOf(rows);
        }
    }

    /// Decides. Where rows are valid for a time only, the time is drawn from the evaluation. The rows that fired
    /// are recorded there.
    ///
    /// @param arguments one a parameter; missing ones are undefined
    /// @throws EvaluationError `nan_input` when NaN is handed to it, `conflicting_rules` when rows that must agree
    /// do
    ///     not, or whatever an expression in it throws
    Outcome decide(List<Value> arguments, Evaluation evaluation);

    /// Decides as of a time.
    Outcome decide(List<Value> arguments, Evaluation evaluation, Instant asOf);
}
