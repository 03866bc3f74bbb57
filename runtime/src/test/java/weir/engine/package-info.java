/// Tests of the engine. [weir.engine.Graphs] writes graphs down, [weir.engine.Journey] takes a run through virtual
/// time.
@NullMarked
package weir.engine;

import org.jspecify.annotations.NullMarked;
