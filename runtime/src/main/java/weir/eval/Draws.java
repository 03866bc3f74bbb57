package weir.eval;

import weir.graph.Expr;
import weir.value.Value;

/// Where `now()`, `uuid()` and `random()` come from; the engine records what they gave.
public interface Draws {
    Value draw(Expr.Drawn what);
}
