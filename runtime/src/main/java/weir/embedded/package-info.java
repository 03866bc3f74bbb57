/// Our own PostgreSQL and Redis, so that nothing has to be installed beforehand.
///
/// In: a data directory. Out: addresses, in the form that `WEIR_POSTGRES` and `WEIR_REDIS` have, of servers that keep
/// their data there. The binaries are this platform's, from jars on the class path. What must hold: nothing is ever
/// initialised beside data that is there; commits are on disk when they are answered; no server outlives this process,
/// even killed, and one that did is stopped before it is started again; a server that dies is started again on the same
/// port. Whatever goes wrong is one [weir.embedded.EmbeddedProblem] that says what to do. Start reading at
/// `DataDirectory`, then `EmbeddedPostgres`.
@NullMarked
package weir.embedded;

import org.jspecify.annotations.NullMarked;
