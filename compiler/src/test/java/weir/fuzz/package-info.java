/// Spoiled texts, by the million.
///
/// In: a seed. Out: nothing, or the smallest text that a part of the compiler could not take. `Corpus` holds the texts
/// to begin with, `Inputs` makes one of them for each seed (mutations by tokens and by characters, sentences that the
/// grammar itself gives, random programs, comments at random gaps), `Trial` hands it to everything that reads texts
/// (parser, checker, lowering, formatter, editor features) and says what must not happen, `Shrinking` makes it small,
/// `Fuzz` is the command: `bench/run fuzz --inputs 1000000 --seed 1`. Start reading at `Trial`.
@NullMarked
package weir.fuzz;

import org.jspecify.annotations.NullMarked;
