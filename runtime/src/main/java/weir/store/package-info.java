/// Where runs are kept: the journal and the views in PostgreSQL, the queue in Redis, and all of it in memory for local
/// runs.
///
/// In: what the engine decided, as frames. Out: ownership, order, and what is due. PostgreSQL is the truth of
/// ownership, of waking and of limits; Redis orders and wakes, and all of it may be lost at any moment. SQL and Lua
/// stand in files with their contracts. Start reading at `Journal`.
@NullMarked
package weir.store;

import org.jspecify.annotations.NullMarked;
