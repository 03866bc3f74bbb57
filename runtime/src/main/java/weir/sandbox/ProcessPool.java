package weir.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.sandbox.Child.End;
import weir.source.Span;

/// Which process runs what. A process belongs to one organisation for its whole life: what a script may have done to
/// it, it did to its own. One more is always ready to take the place of one that dies. Where there are more
/// organisations with scripts than processes, they take turns. Shared between threads; processes are told things only
/// when the lock is free again.
final class ProcessPool implements Child.Keeper, AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    /// A process that others wait for is given up after so long.
    private static final Duration TURN = Duration.ofMillis(500);
    /// A script that takes longer than most is no reason to let others wait.
    private static final Duration LONG_RUN = Duration.ofMillis(5);

    private static final int DEEP = 4;
    private static final int MOST_FAILURES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(ProcessPool.class.getName());

    private final ProcessOptions options;
    private final Limits limits;
    private volatile ChildCommand command;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Tenant> tenants = new HashMap<>();
    /// Those that have scripts and no process, the first first.
    private final Set<Tenant> without = new LinkedHashSet<>();
    private final Map<Child, Tenancy> serving = new HashMap<>();
    private final Deque<Child> spare = new ArrayDeque<>();
    private final Set<Child> unready = new HashSet<>();
    private final Set<Child> touched = new LinkedHashSet<>();
    private final Map<End, Long> ends = new EnumMap<>(End.class);
    private boolean everReady;
    private int starting;
    private long started;
    private int failures;
    private long pausedUntil = System.nanoTime();
    private @Nullable Thread looker;
    private boolean closed;

    /// An organisation that has scripts.
    private static final class Tenant {
        private final Deque<Request> waiting = new ArrayDeque<>();
        private final List<Child> children = new ArrayList<>();
    }

    /// Whose process it is.
    private static final class Tenancy {
        private final Tenant tenant;
        private final long since = System.nanoTime();
        private boolean ending;

        Tenancy(Tenant tenant) {
            this.tenant = tenant;
        }
    }

    ProcessPool(ProcessOptions options, Limits limits, ChildCommand command) {
        this.options = options;
        this.limits = limits;
        this.command = command;
    }

    /// Has a request run; its end is told to the request.
    void submit(int organisation, Request request) {
        change(() -> {
            if (closed) {
                request.failed(closed());
                return;
            }
            var tenant = tenants.computeIfAbsent(organisation, one -> new Tenant());
            tenant.waiting.add(request);
            place(tenant);
        });
    }

    /// Has one ready before it is needed.
    void prewarm() {
        change(() -> {});
    }

    /// What there is and was.
    Processes.Counts counts() {
        lock.lock();
        try {
            int waiting = tenants.values().stream()
                    .mapToInt(one -> one.waiting.size())
                    .sum();
            int assigned = serving.keySet().stream().mapToInt(Child::load).sum();
            var byName = new HashMap<String, Long>();
            for (var end : End.values()) {
                byName.put(end.name().toLowerCase(Locale.ROOT), ends.getOrDefault(end, 0L));
            }
            return new Processes.Counts(serving.size(), spare.size(), waiting, assigned, started, byName);
        } finally {
            lock.unlock();
        }
    }

    /// What takes rights away from the processes, besides what Java does.
    List<String> confinement() {
        return command.takenAway();
    }

    /// Whether the last attempts to start one all failed.
    boolean isFailing() {
        lock.lock();
        try {
            return failures >= MOST_FAILURES;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable step) {
        List<Child> told;
        lock.lock();
        try {
            step.run();
            if (!closed) {
                handOut();
                keepOneReady();
            }
            told = touched.isEmpty() ? List.of() : List.copyOf(touched);
            touched.clear();
        } finally {
            lock.unlock();
        }
        told.forEach(Child::flush);
    }

    // ---- with the lock

    private void place(Tenant tenant) {
        while (!tenant.waiting.isEmpty()) {
            var request = tenant.waiting.peek();
            var child = leastBusy(tenant, request);
            if (mayGrow(tenant, child)) {
                child = adopt(tenant);
            }
            if (child == null) {
                break;
            }
            child.assign(request);
            touched.add(child);
            tenant.waiting.poll();
        }
        if (!tenant.waiting.isEmpty() && tenant.children.isEmpty()) {
            without.add(tenant);
        }
    }

    private @Nullable Child leastBusy(Tenant tenant, Request request) {
        Child least = null;
        for (var child : tenant.children) {
            if (child.hasRoomFor(request) && !tenancy(child).ending && (least == null || child.load() < least.load())) {
                least = child;
            }
        }
        return least;
    }

    private boolean mayGrow(Tenant tenant, @Nullable Child child) {
        boolean busy = child == null
                || child.load() >= DEEP
                || (child.load() > 0 && child.running(System.nanoTime()) > LONG_RUN.toNanos());
        return busy
                && !spare.isEmpty()
                && serving.size() < options.processes()
                && tenant.children.size() < options.processesOfOne()
                && (without.isEmpty()
                        || (tenant.children.isEmpty() && without.iterator().next() == tenant));
    }

    private Child adopt(Tenant tenant) {
        var child = spare.remove();
        tenant.children.add(child);
        serving.put(child, new Tenancy(tenant));
        return child;
    }

    private Tenancy tenancy(Child child) {
        return Objects.requireNonNull(serving.get(child), "whose");
    }

    /// Gives processes to those who have none, in the order in which they came.
    private void handOut() {
        while (!without.isEmpty()) {
            var tenant = without.iterator().next();
            if (tenant.waiting.isEmpty() || !tenant.children.isEmpty()) {
                without.remove(tenant);
            } else if (serving.size() >= options.processes()) {
                if (!freeOne()) {
                    return;
                }
            } else if (spare.isEmpty()) {
                return;
            } else {
                place(tenant);
            }
        }
    }

    /// Ends a process that somebody else needs less: one that has nothing to do, or the one that served longest,
    /// once it is done.
    ///
    /// @return whether there is room now
    private boolean freeOne() {
        long now = System.nanoTime();
        var longestIdle = serving.keySet().stream()
                .filter(child -> child.load() == 0)
                .max(Comparator.comparingLong(child -> child.idle(now)));
        if (longestIdle.isPresent()) {
            retire(longestIdle.get());
            return true;
        }
        long promised = serving.values().stream().filter(one -> one.ending).count();
        if (promised < without.size()) {
            serving.values().stream()
                    .filter(one -> !one.ending && now - one.since > TURN.toNanos())
                    .min(Comparator.comparingInt((Tenancy one) -> -one.tenant.children.size())
                            .thenComparingLong(one -> one.since))
                    .ifPresent(one -> one.ending = true);
        }
        return false;
    }

    private void retire(Child child) {
        var tenancy = serving.remove(child);
        if (tenancy != null) {
            tenancy.tenant.children.remove(child);
        }
        spare.remove(child);
        // Nothing runs there, so nothing is waited for.
        child.kill(End.RETIRED);
    }

    /// One that nobody has yet, and one for each who has none, as far as there may be so many.
    private void keepOneReady() {
        int wanted = 1 + Math.min(without.size(), Math.max(0, options.processes() - serving.size()));
        while (spare.size() + starting < wanted
                && serving.size() + spare.size() + starting <= options.processes()
                && System.nanoTime() - pausedUntil >= 0) {
            starting++;
            started++;
            Thread.ofPlatform().daemon().name("script-process-start").start(this::start);
        }
        if (looker == null) {
            looker = Thread.ofPlatform().daemon().name("script-process-look").start(this::look);
        }
    }

    private void failAll(EvaluationError error) {
        for (var tenant : tenants.values()) {
            if (tenant.children.isEmpty() || closed) {
                tenant.waiting.forEach(request -> request.failed(error));
                tenant.waiting.clear();
            }
        }
        without.clear();
    }

    // ---- without the lock

    private void start() {
        try {
            var child = Child.start(command, limits, this);
            change(() -> {
                unready.add(child);
                if (closed) {
                    child.kill(End.RETIRED);
                }
            });
            child.greet();
        } catch (IOException | RuntimeException refused) {
            LOG.log(System.Logger.Level.WARNING, "no process for scripts can be started: {0}", refused.toString());
            change(this::failedToStart);
        }
    }

    private void failedToStart() {
        starting--;
        if (++failures >= MOST_FAILURES) {
            pausedUntil = System.nanoTime() + PAUSE.toNanos();
            failAll(new EvaluationError(
                    "script_error",
                    "no process for JavaScript can be started here; the server's log says why",
                    Span.NONE));
        }
    }

    /// A trial showed that the commands that confine processes are allowed; they may still keep Java from its
    /// files.
    private void unconfine() {
        if (!everReady && !closed && command.isConfined()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "processes for scripts do not start behind {0}; they are started without",
                    String.join(", ", command.takenAway()));
            command = command.unconfined();
        }
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                List<Child> looked;
                lock.lock();
                try {
                    if (closed) {
                        return;
                    }
                    looked = new ArrayList<>(serving.keySet());
                    looked.addAll(unready);
                } finally {
                    lock.unlock();
                }
                long now = System.nanoTime();
                looked.forEach(child -> child.look(now));
                change(() -> {
                    serving.keySet().stream()
                            .filter(child -> child.idle(now) > options.idle().toNanos())
                            .toList()
                            .forEach(this::retire);
                    tenants.values().removeIf(one -> one.waiting.isEmpty() && one.children.isEmpty());
                });
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void ready(Child child) {
        change(() -> {
            starting--;
            failures = 0;
            everReady = true;
            unready.remove(child);
            spare.add(child);
            if (closed) {
                retire(child);
            }
        });
    }

    @Override
    public void answered(Child child) {
        change(() -> {
            var tenancy = serving.get(child);
            if (tenancy == null) {
                return;
            }
            if (tenancy.ending && child.load() == 0) {
                retire(child);
            }
            place(tenancy.tenant);
        });
    }

    @Override
    public void ended(Child child, End end, @Nullable Request began, List<Request> unbegun) {
        change(() -> {
            ends.merge(end, 1L, Long::sum);
            unready.remove(child);
            spare.remove(child);
            if (end == End.UNREADY) {
                unconfine();
                failedToStart();
            }
            var tenancy = serving.remove(child);
            if (tenancy == null) {
                return;
            }
            var tenant = tenancy.tenant;
            tenant.children.remove(child);
            if (closed) {
                unbegun.forEach(request -> request.failed(closed()));
            } else {
                // Scripts are pure: what was not answered is run again, in the old order.
                unbegun.reversed().forEach(tenant.waiting::addFirst);
            }
            if (began != null) {
                if (end == End.DIED && !closed && began.mayBeTriedAgain()) {
                    tenant.waiting.addFirst(began);
                } else {
                    began.failed(closed ? closed() : reason(end));
                }
            }
            place(tenant);
        });
    }

    private EvaluationError reason(End end) {
        return switch (end) {
            case MEMORY ->
                new EvaluationError(
                        "limit_memory",
                        "this script took more than " + options.megabytes() + " MiB of memory at once (limit"
                                + " `sandbox.heap`, set by WEIR_SANDBOX_HEAP_MB)",
                        Span.NONE);
            case TIME ->
                new EvaluationError(
                        "limit_time",
                        "this script did not stop at its limits and was ended by force" + Limits.Limit.CPU.told(),
                        Span.NONE);
            case GARBLED, DIED, UNREADY, RETIRED ->
                new EvaluationError("script_error", "the process that ran this script came to an end", Span.NONE);
        };
    }

    private static EvaluationError closed() {
        return new EvaluationError("script_error", "the JavaScript sandbox is closed", Span.NONE);
    }

    /// Ends all processes, and whatever waits for them.
    @Override
    public void close() {
        List<Child> all = new ArrayList<>();
        change(() -> {
            closed = true;
            all.addAll(serving.keySet());
            all.addAll(spare);
            all.addAll(unready);
            failAll(closed());
            if (looker != null) {
                looker.interrupt();
            }
        });
        all.forEach(child -> child.kill(End.RETIRED));
    }
}
