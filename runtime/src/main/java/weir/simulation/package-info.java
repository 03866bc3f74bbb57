/// Runs without a server: one workflow in memory (`weir run`), and the `test` blocks of a file in virtual time (`weir
/// test`).
///
/// In: plans of a compiled file, and what answers its steps: real handlers, or the mocks of a test. Out: the frames of
/// a run as they are decided, and for tests what held and what did not, with the values that explain it. It is the same
/// engine as on a server; only the journal is a list, and in tests the clock jumps. Start reading at `LocalRun`, then
/// `TestRunner`.
@NullMarked
package weir.simulation;

import org.jspecify.annotations.NullMarked;
