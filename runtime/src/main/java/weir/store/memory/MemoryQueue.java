package weir.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import weir.store.Journal.Due;
import weir.store.Queue;
import weir.store.Urgency;

/// The fair queue as the Lua scripts of `weir.store.redis` keep it: a ring of organisations by virtual time, each with
/// its pending runs by rank; claims in flight; and what is scheduled.
final class MemoryQueue implements Queue {
    /// How many runs one organisation gets before the next one's turn.
    private static final int QUANTUM = 8;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Map<Integer, Tenant> tenants = new HashMap<>();
    private final RankedRuns scheduled = new RankedRuns();
    private final Map<UUID, InFlight> processing = new HashMap<>();
    private long floor;
    private boolean lost;

    private record InFlight(Due run, Instant deadline) {}

    private static final class Tenant {
        final RankedRuns pending = new RankedRuns();
        long time;
    }

    MemoryQueue(InstantSource clock) {
        this.clock = clock;
    }

    private static long rank(Due run) {
        return run.readyAt().toEpochMilli() - Urgency.headStart(run.priority());
    }

    @Override
    public int ensure(Collection<Due> runs) {
        lock.lock();
        try {
            var now = clock.instant();
            int missing = 0;
            for (var run : runs) {
                boolean fresh = run.readyAt().isAfter(now)
                        ? scheduled.add(run, run.readyAt().toEpochMilli())
                        : enqueue(run);
                missing += fresh ? 1 : 0;
            }
            added.signalAll();
            return missing;
        } finally {
            lock.unlock();
        }
    }

    /// One in processing is left alone.
    private boolean enqueue(Due run) {
        return !processing.containsKey(run.run()) && push(run);
    }

    /// An organisation that comes back starts at the floor: without saved-up credit and without debt.
    private boolean push(Due run) {
        var tenant = tenants.computeIfAbsent(run.org(), org -> new Tenant());
        if (tenant.pending.isEmpty()) {
            tenant.time = Math.max(tenant.time, floor);
        }
        return tenant.pending.add(run, rank(run));
    }

    @Override
    public List<UUID> claim(int wanted, Duration lease, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (true) {
                promote(clock.instant());
                var claimed = take(wanted, clock.instant().plus(lease));
                if (!claimed.isEmpty() || left <= 0) {
                    return claimed;
                }
                long pause = Math.min(left, untilNextScheduled());
                left -= pause - added.awaitNanos(pause);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private List<UUID> take(int wanted, Instant deadline) {
        var claimed = new ArrayList<UUID>();
        while (claimed.size() < wanted) {
            var next = tenants.values().stream()
                    .filter(tenant -> !tenant.pending.isEmpty())
                    .min(Comparator.comparingLong(tenant -> tenant.time));
            if (next.isEmpty()) {
                break;
            }
            var tenant = next.get();
            floor = tenant.time;
            for (int i = 0; i < QUANTUM && claimed.size() < wanted && !tenant.pending.isEmpty(); i++) {
                var run = tenant.pending.removeFirst();
                tenant.time++;
                processing.put(run.run(), new InFlight(run, deadline));
                claimed.add(run.run());
            }
        }
        return claimed;
    }

    /// In nanoseconds, at least one millisecond.
    private long untilNextScheduled() {
        if (scheduled.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long pause = scheduled.first().readyAt().toEpochMilli() - clock.millis();
        return TimeUnit.MILLISECONDS.toNanos(Math.max(1, pause));
    }

    @Override
    public void done(Collection<UUID> runs) {
        lock.lock();
        try {
            runs.forEach(processing::remove);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int sweep(Instant now) {
        lock.lock();
        try {
            promote(now);
            var late = processing.values().stream()
                    .filter(claim -> !claim.deadline().isAfter(now))
                    .map(InFlight::run)
                    .toList();
            for (var run : late) {
                processing.remove(run.run());
                push(run);
            }
            added.signalAll();
            return late.size();
        } finally {
            lock.unlock();
        }
    }

    private void promote(Instant now) {
        while (!scheduled.isEmpty() && !scheduled.first().readyAt().isAfter(now)) {
            enqueue(scheduled.removeFirst());
        }
    }

    @Override
    public boolean lostEverything() {
        lock.lock();
        try {
            boolean answer = lost;
            lost = false;
            return answer;
        } finally {
            lock.unlock();
        }
    }

    void lose() {
        lock.lock();
        try {
            tenants.clear();
            scheduled.clear();
            processing.clear();
            floor = 0;
            lost = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long waiting(int org) {
        lock.lock();
        try {
            var tenant = tenants.get(org);
            return tenant == null ? 0 : tenant.pending.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Depth depth() {
        lock.lock();
        try {
            long now = clock.millis();
            long pending = tenants.values().stream()
                    .mapToLong(tenant -> tenant.pending.size())
                    .sum();
            long oldest = tenants.values().stream()
                    .filter(tenant -> !tenant.pending.isEmpty())
                    .mapToLong(tenant -> now - tenant.pending.first().readyAt().toEpochMilli())
                    .max()
                    .orElse(0);
            return new Depth(pending, scheduled.size(), processing.size(), Math.max(0, oldest));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {}
}
