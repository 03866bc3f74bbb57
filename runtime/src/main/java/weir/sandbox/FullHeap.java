package weir.sandbox;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Whether nearly all of the heap of this process was in use after the last collection of all of it. A program comes to
/// its end then, but slowly: it collects again and again for less and less. For one thread, that of [Watch].
final class FullHeap implements BooleanSupplier {
    private static final double NEARLY_ALL = 0.88;

    private final GarbageCollectorMXBean whole;
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    private final long most = (long) (NEARLY_ALL * Runtime.getRuntime().maxMemory());
    private long collections;
    private boolean full;

    FullHeap() {
        // The one that collects the oldest has the most pools to collect.
        this.whole = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .reduce((a, b) -> a.getMemoryPoolNames().length > b.getMemoryPoolNames().length ? a : b)
                .orElseThrow();
    }

    @Override
    public boolean getAsBoolean() {
        long now = whole.getCollectionCount();
        if (now != collections) {
            collections = now;
            full = pools.stream()
                            .map(MemoryPoolMXBean::getCollectionUsage)
                            .mapToLong(MemoryUsage::getUsed)
                            .sum()
                    > most;
        }
        return full;
    }
}
