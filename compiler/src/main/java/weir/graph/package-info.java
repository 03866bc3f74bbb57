/// What runs: the meaning of a checked workflow as data.
///
/// In: a checked tree (lowering) or stored JSON ([weir.graph.GraphJson]). Out: a self-contained [weir.graph.Graph] with
/// stable node ids and a content hash that pins runs to it. A graph names things, it never holds slots, classes or
/// offsets that only one build of the engine would understand; its JSON format and language level are versioned.
/// Start reading at `Graph`, then `Node`, then `Expr`.
@NullMarked
package weir.graph;

import org.jspecify.annotations.NullMarked;
