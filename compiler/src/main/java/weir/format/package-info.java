/// One way to write each text.
///
/// In: a [weir.source.Source]. Out: a [weir.format.Formatted]: the text in its canonical form, or unchanged with the
/// diagnostics that keep it from being read. The form depends on the tree, on its comments, on where the author left a
/// blank line, and on whether an object or record begins on a line of its own (but not in a result type); nothing else.
/// Formatting twice changes nothing, the tree stays the same, and every comment survives, once and in its order.
/// Tree to [weir.format.Doc] (what may break where),
/// then `Doc` to lines of at most a hundred columns by [weir.format.Layout]. Start reading at `Formatter`.
@NullMarked
package weir.format;

import org.jspecify.annotations.NullMarked;
