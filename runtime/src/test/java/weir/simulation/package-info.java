/// Tests of local runs and of the runner of `test` blocks; the texts and what comes of them lie beside them as files.
@NullMarked
package weir.simulation;

import org.jspecify.annotations.NullMarked;
