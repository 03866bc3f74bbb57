/// Text to tree.
///
/// In: a [weir.source.Source]. Out: a [weir.syntax.Tree.File] of records that keep every place, and the
/// diagnostics of what could not be read. [weir.syntax.Parser] is the only class of the product that touches ANTLR.
/// Parsing never throws and never stops at the first mistake: a declaration that cannot be read becomes
/// [weir.syntax.Declaration.Broken] and the others are still there. The tree says what was written, not what it means:
/// no types, no resolved names. Start reading at `Tree`.
@NullMarked
package weir.syntax;

import org.jspecify.annotations.NullMarked;
