/// The HTTP server: one class an API, everything that a request must pass before it reaches one, and what starts runs
/// by itself (webhooks, schedules).
///
/// In: a [weir.server.Config] and a [weir.server.Backend] of stores, runs and the compiler. Out: JSON, problem
/// documents (application/problem+json) and streams of events. Must hold: nothing is answered with a 2xx before it is
/// stored; no answer and no log holds a secret or the inside of a failure; whatever comes in has a limit on size, depth
/// and time; every route stands in `openapi.yaml`. Start reading at `Server`, then `Guard` and `Routes`, then any
/// `…Api`.
@NullMarked
package weir.server;

import org.jspecify.annotations.NullMarked;
