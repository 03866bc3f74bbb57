/// Values: one model from the bytes of a request through expressions and the journal to the bytes of an answer.
///
/// In and out: JSON ([weir.value.Json]). Values are immutable and follow ECMAScript where it says anything: numbers are
/// doubles, records keep JavaScript's order of properties, `undefined` is not `null`. What JSON cannot hold exactly is
/// refused when it is read, with the place. Start reading at `Value`.
@NullMarked
package weir.value;

import org.jspecify.annotations.NullMarked;
