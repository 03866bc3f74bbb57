/// Tests of the command line: what a user types, and what the user sees.
@NullMarked
package weir.cli;

import org.jspecify.annotations.NullMarked;
