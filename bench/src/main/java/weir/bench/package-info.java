/// Load programs and micro benchmarks: how fast Weir is on this machine, beside hand-written code.
///
/// In: the files of `bench/inputs`, which every other engine in the comparison was measured with. Out: a table, or one
/// JSON object. `orders` and `api` start a whole server (`weir serve`) with an empty data directory and an echo server,
/// each a process of its own, load it over HTTP and stop it; `rules` and `mapping` measure the evaluator alone. Must
/// hold: what is counted was checked to be right; the load generator is light enough not to be what is measured.
/// Start reading at [weir.bench.Main], then [weir.bench.Orders] and [weir.bench.Load].
@NullMarked
package weir.bench;

import org.jspecify.annotations.NullMarked;
