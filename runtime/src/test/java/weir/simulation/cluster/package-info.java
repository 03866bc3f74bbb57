/// A cluster of servers in one thread and virtual time. What runs is the product's own: engine, workers, queue and
/// store in memory. A seed decides what everybody does, what breaks and when; [Laws] look at every step.
///
/// In comes a seed, out comes a [Simulation.Report]: nothing, or the law that was broken. The same seed gives the same
/// story. Start reading at [Simulation].
@org.jspecify.annotations.NullMarked
package weir.simulation.cluster;
