/// The pure heart: what a run does next.
///
/// In: a [weir.engine.Plan] (a graph made ready), a [weir.engine.RunState] folded from the journal, an
/// [weir.engine.Input] and the time. Out: a [weir.engine.Decision]: entries to journal, effects to perform, and what
/// the run waits for. No clock, no random, no I/O. State changes only by applying entries, and entries hold everything
/// that steered the run, so folding a journal decides nothing again. Start reading at `Engine`, then `Entry`.
@NullMarked
package weir.engine;

import org.jspecify.annotations.NullMarked;
