/// Integrations: what steps can do.
///
/// In: a [weir.worker.Handler.Call] with evaluated arguments. Out: a value of the action's declared type, or a
/// [weir.worker.StepFailure] with a stable code. Everything that leaves over HTTP goes through [weir.worker.Egress],
/// and every other connection to addresses that its rules allow. What [weir.integrations.Connections] hold goes into
/// requests and nowhere else. The signatures that texts are checked against are in [weir.model.StandardCatalog]; the
/// actions of `integration` blocks are in the graph. Start reading at `HttpHandler`, then `ServiceCall`.
@NullMarked
package weir.integrations;

import org.jspecify.annotations.NullMarked;
