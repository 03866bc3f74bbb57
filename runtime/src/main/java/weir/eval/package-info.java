/// Expressions that run: closures over values with exactly the results of ECMAScript.
///
/// In: [weir.graph.Expr]s of one graph and a [weir.eval.Scope] that says where names live. Out: [weir.eval.Program]s.
/// The pure subset is compiled for the JVM: closures first ([weir.eval.Translation]), bytecode when they run often
/// ([weir.eval.Tiered], [weir.eval.Emitter]); anything else is handed as JavaScript text to a [weir.eval.Scripts], the
/// sandbox. Every evaluation has a budget. A failure is an [weir.eval.EvaluationError] with the place, the value and
/// the reason, never a silent null. Start reading at `Programs`.
@NullMarked
package weir.eval;

import org.jspecify.annotations.NullMarked;
