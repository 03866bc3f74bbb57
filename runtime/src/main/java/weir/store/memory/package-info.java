/// A store that lives as long as its process: for local runs, tests and simulation.
///
/// In and out: what the interfaces of `weir.store` say, with the fence, the inbox, `once` and the fair queue behaving
/// as they do in PostgreSQL and Redis; one test suite runs against both. Clock and randomness are handed in. Several
/// journals of one [weir.store.memory.MemoryStore] are several workers of one store. Everything is guarded by one lock
/// a part and nothing that waits is called under it. Start reading at `MemoryStore`, then `MemoryRuns`.
@NullMarked
package weir.store.memory;

import org.jspecify.annotations.NullMarked;
