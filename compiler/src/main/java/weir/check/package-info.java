/// What a text means, and what is wrong with it.
///
/// In: parsed files and a [weir.model.Catalog]. Out: a [weir.check.Checked]: the declarations, what every piece of the
/// tree means, and the problems, each a record of [weir.check.CheckProblem]. Checking never throws and never stops at
/// the first mistake: what was reported has the type `UNKNOWN`, which agrees with everything and keeps its followers
/// quiet. Everything is looked at once; what is known grows along the text ([weir.check.Scope], [weir.check.Facts]).
/// Start reading at `Checker`, then `Expressions` and `Statements`.
@NullMarked
package weir.check;

import org.jspecify.annotations.NullMarked;
