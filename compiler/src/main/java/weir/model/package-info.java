/// What the compiler knows about the world outside a file: types and the signatures of integrations. Data, no code.
///
/// In: built-in integrations, integration blocks, plugins. Out: a [weir.model.Catalog] that the checker asks and the
/// registry fills. The same [weir.model.Type]s travel in graphs, so that a server can check an input or an answer.
/// Start reading at `Type`.
@NullMarked
package weir.model;

import org.jspecify.annotations.NullMarked;
