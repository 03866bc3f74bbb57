/// The command line. Comes in: arguments, files, standard input. Goes out: text or JSON, and an exit code.
///
/// One file a command; each is thin and only turns arguments into calls of the packages that do the work.
/// Must hold: nothing here is known to any other package; every command that prints data can print JSON;
/// what is long shows progress on a terminal and is quiet in a pipe.
///
/// Start reading at [weir.cli.Main].
@NullMarked
package weir.cli;

import org.jspecify.annotations.NullMarked;
