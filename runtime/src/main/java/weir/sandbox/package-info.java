/// JavaScript in a sandbox, for what expressions cannot say.
///
/// In: a [weir.eval.Script] and the values of its parameters. Out: its result, or an [weir.eval.EvaluationError].
/// Values cross as JSON text; no object of the host is ever visible inside, and nothing a script does is visible to the
/// next. No clock, no chance, no input or output; CPU time, time and memory are bounded, and a script that exceeds them
/// is stopped from outside together with its world. Secrets never enter. GraalJS is loaded when the first script runs.
/// Scripts run in threads of this process (`Sandbox`), or, for those who do not trust each other, in processes of their
/// own (`Processes`). Start reading at `Sandbox`, then `harden.js`; then `ProcessPool`, `Child` and `ChildMain`.
@NullMarked
package weir.sandbox;

import org.jspecify.annotations.NullMarked;
