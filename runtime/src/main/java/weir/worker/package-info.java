/// Runs runs: claims them, lets the engine decide, journals, performs.
///
/// In: a queue, a journal, plans of versions, [weir.worker.Handler]s that perform actions. Out: journaled outcomes.
/// Every run is driven by one owner at a time; nothing that depends on an entry happens before the entry is durable.
/// Start reading at `Worker`.
@NullMarked
package weir.worker;

import org.jspecify.annotations.NullMarked;
