/// JavaScript between fences, as far as a compiler has to know it: whether it can be read, and which names it leaves
/// open.
///
/// In: the text of a script, which is the body of a strict function. Out: an [weir.script.Outline]: the first mistake,
/// if there is one, the names that neither the script nor the language gives, and whether anything is returned. Nothing
/// is thrown for any text, and no tree is built: what runs a script parses it again. What must hold: no script is
/// refused that the sandbox takes (a test of the runtime compares both on many texts). Some that the sandbox refuses
/// pass here, where finding them would need the tree. Places are offsets into the script. Start reading at `Outline`,
/// then `Statements`.
@NullMarked
package weir.script;

import org.jspecify.annotations.NullMarked;
