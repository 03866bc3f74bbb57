package weir.eval;

import java.util.List;
import weir.graph.Expr;
import weir.value.Value;

/// An expression and the values of its names.
///
/// @param values one for each name
record Case(Expr expr, List<String> names, List<Value> values) {}
