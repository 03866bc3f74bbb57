/// Texts, places in them and what is said about them.
///
/// In: a [weir.source.Source] (a name and a text). Out: [weir.source.Diagnostic]s, the one shape of every
/// message that the compiler, the editor, the command line and the API show, and a renderer for terminals.
/// Offsets are UTF-16 code units, as in Java strings, LSP and the browser; lines and columns count from 1.
/// Nothing here knows the language. Start reading at `Diagnostic`.
@NullMarked
package weir.source;

import org.jspecify.annotations.NullMarked;
