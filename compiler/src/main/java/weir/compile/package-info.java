/// The compiler on one screen: parse, check, lower.
///
/// In: a [weir.source.Source], a [weir.model.Catalog] and a way to find the files it uses. Out: a
/// [weir.compile.Compiled] with everything that was found out. Pure: the same text and catalog give the same answer; it
/// never throws for a text. The command line, the server, the editor and the generator all call this one class. Start
/// reading at `Compiler`.
@NullMarked
package weir.compile;

import org.jspecify.annotations.NullMarked;
