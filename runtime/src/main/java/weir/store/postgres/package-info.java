/// Journal, views and registry in PostgreSQL.
///
/// In: an address. Out: [weir.store.postgres.PostgresStore], one worker's way to the database. What must hold: a frame
/// is written only by whom the fence row lets write it, in the same statement; a future is answered when its commit is
/// on disk; what may or may not have happened is looked up, never sent again blindly; a request sees its organisation
/// only (row level security). The SQL stands in files beside, each with its contract; `migration/` makes the tables.
/// Start reading at `flush.sql`, then `Lane`, then `PostgresJournal`.
@NullMarked
package weir.store.postgres;

import org.jspecify.annotations.NullMarked;
