/// Text to tree.
///
/// In: a [weir.source.Source]. Out: a [weir.syntax.Tree.File] of records that keep every place, and the diagnostics of
/// what could not be read. This package is the only one that touches ANTLR. The way: `Scanner` (characters to tokens,
/// mending single ones), `Chunks` (a file to its declarations), `Attempt` (the generated parser), `Recovery` (what to
/// do
/// when it fails), `DeclarationReader` and the other readers (parse tree to records). Parsing never throws and never
/// stops
/// at the first mistake: a declaration that cannot be read becomes [weir.syntax.Declaration.Broken] and the others are
/// still there. The tree says what was written, not what it means: no types, no resolved names. Start reading at
/// `Tree`,
/// then `Parser`.
@NullMarked
package weir.syntax;

import org.jspecify.annotations.NullMarked;
