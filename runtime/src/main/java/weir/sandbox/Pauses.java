package weir.sandbox;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// The time for which this process stood still to collect garbage. Who makes much to keep causes it, and it is no
/// processor time of theirs: so scripts are charged their share. For one thread, that of [Watch].
final class Pauses {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /// Some collectors tell the time of what they do beside the program, too.
    private static final List<GarbageCollectorMXBean> COLLECTORS =
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .filter(each -> !each.getName().endsWith("Cycles"))
                    .toList();

    private final long allocatedBefore = THREADS.getTotalThreadAllocatedBytes();
    private long seen = millis();
    private double nanos;

    /// What is charged to somebody since this was made, in nanoseconds.
    ///
    /// @param allocated what they have allocated since
    long charged(long allocated) {
        long now = millis();
        if (now != seen) {
            long all = Math.max(1, THREADS.getTotalThreadAllocatedBytes() - allocatedBefore);
            nanos += (now - seen) * 1e6 * Math.min(1, (double) allocated / all);
            seen = now;
        }
        return (long) nanos;
    }

    private static long millis() {
        long all = 0;
        for (var each : COLLECTORS) {
            all += Math.max(0, each.getCollectionTime());
        }
        return all;
    }
}
