/// Integrations: what steps can do.
///
/// In: a [weir.worker.Handler.Call] with evaluated arguments. Out: a value of the action's declared type, or a
/// [weir.worker.StepFailure] with a stable code. Everything that leaves over HTTP goes through [weir.worker.Egress].
/// The signatures that texts are checked against are in [weir.model.StandardCatalog]. Start reading at `HttpHandler`.
@NullMarked
package weir.integrations;

import org.jspecify.annotations.NullMarked;
