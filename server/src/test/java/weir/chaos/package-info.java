/// A cluster of real processes, on real databases, that is treated badly while it works, and what must be true of it
/// afterwards. In: a seed, how long, how many runs at a time. Out: a [weir.chaos.Report]. Start reading at
/// [weir.chaos.Chaos].
@NullMarked
package weir.chaos;

import org.jspecify.annotations.NullMarked;
