/// Runs without a server: workflows in memory (`weir run`), and the `test` blocks of a file in virtual time (`weir
/// test`).
///
/// In: plans of a compiled file, and what is around their runs: real handlers and people, or the mocks of a test. Out:
/// the frames of the runs as they are decided, and for tests what held and what did not, with the values that explain
/// it, and what no test reaches. It is the same engine as on a server; only the journals are lists, and in tests the
/// clock jumps. One thing happens after the other: `LocalRuns` takes it from a `World` and hands it to the run that it
/// concerns, children and events included. Start reading at `LocalRuns`, then `TestRunner`.
@NullMarked
package weir.simulation;

import org.jspecify.annotations.NullMarked;
