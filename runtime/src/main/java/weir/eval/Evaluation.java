package weir.eval;

import java.util.ArrayList;
import java.util.List;
import weir.graph.Expr;
import weir.source.Span;
import weir.value.Value;

/// One evaluation under way: its budget, where drawn values come from, and what it used that has to be recorded.
/// Not for several threads.
public final class Evaluation {
    /// Operations that one evaluation may take unless told otherwise.
    public static final long STANDARD_OPERATIONS = 10_000_000;

    private final Draws draws;
    private long operations;
    private boolean recordable;
    private final List<Fired> fired = new ArrayList<>();

    /// @param operations how many operations it may take
    public Evaluation(Draws draws, long operations) {
        this.draws = draws;
        this.operations = operations;
    }

    /// Which row or sentence of a rule set gave a result (from 1; several under `all`).
    public record Fired(String rules, List<Integer> rows) {}

    /// Takes from the budget.
    public void spend(long count, Span at) {
        operations -= count;
        if (operations < 0) {
            throw new EvaluationError(
                    "limit_operations",
                    "this expression took more operations than one evaluation may (limit `evaluation.operations`)",
                    at);
        }
    }

    public Value draw(Expr.Drawn what) {
        recordable = true;
        return draws.draw(what);
    }

    public void usedScript() {
        recordable = true;
    }

    public void fired(Fired rows) {
        recordable = true;
        fired.add(rows);
    }

    /// Whether the result must be journaled, because computing it again could give another one.
    public boolean recordable() {
        return recordable;
    }

    public List<Fired> fired() {
        return List.copyOf(fired);
    }
}
