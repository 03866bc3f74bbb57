/// What an editor wants to know about a text, as plain data over an immutable snapshot.
///
/// In: a [weir.ide.Document] (a text, checked with the files it uses) and an offset. Out: suggestions, explanations,
/// places, edits. Nothing here knows of a protocol, a file system or a clock, and everything works on texts with
/// mistakes, because that is what a text is while somebody writes it. Completion checks the text once more with a
/// made-up name at the cursor and looks at what the checker expects there. Start reading at `Document`.
@NullMarked
package weir.ide;

import org.jspecify.annotations.NullMarked;
