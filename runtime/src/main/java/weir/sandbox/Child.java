package weir.sandbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.source.Span;

/// A process that runs scripts ([ChildMain]), seen from the server. It runs them in the order in which they are
/// assigned, so the first that is not answered is the one that runs. It is not trusted: what it says is checked, and
/// when it takes longer than its own limits let it, it is killed. Shared between threads.
final class Child {
    /// Why a process ended.
    enum End {
        /// A script filled its heap.
        MEMORY,
        /// A script did not let itself be stopped.
        TIME,
        /// It said what it may not say.
        GARBLED,
        /// It was killed by others, or crashed.
        DIED,
        /// It was never ready.
        UNREADY,
        /// It was not needed any more.
        RETIRED
    }

    /// Who keeps processes; told from their own threads.
    interface Keeper {
        void ready(Child child);

        /// It ran one script and has room for another.
        void answered(Child child);

        /// @param began what it was running, or null; nothing is known of how far it came
        /// @param unbegun what was assigned and not begun, in order
        void ended(Child child, End end, @Nullable Request began, List<Request> unbegun);
    }

    /// What may be assigned before the first is answered: enough to keep it busy, and little to do again when it
    /// dies.
    private static final int MOST_ASSIGNED = 16;

    private static final int MOST_UNITS = 256 << 10;
    private static final int MOST_SCRIPTS = 500;
    /// How much longer than its limits it may take: [Watch] stops scripts, and machines are busy.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration START = Duration.ofSeconds(60);
    /// What [Watch] stops a script for after `limits.cpu`, this looks at in case that there is no watch any more.
    private static final Duration CPU_GRACE = Duration.ofSeconds(2);

    private static final int LAST_WORDS = 500;

    private static final System.Logger LOG = System.getLogger(Child.class.getName());

    private final Process process;
    private final Limits limits;
    private final Keeper keeper;
    private final Wire.Out out;
    private final StringBuilder words = new StringBuilder();
    private final long since = System.nanoTime();

    private final Map<Script, Integer> scripts = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Sent> assigned = new ArrayDeque<>();
    /// What functions asked for that the first of [#assigned] called, by number.
    private final Map<Long, Request> inner = new HashMap<>();

    private long lastNumber;
    private int lastScript;
    private long units;
    private long headSince;
    private long idleSince = System.nanoTime();
    /// Whose function is being performed; 0: none's. With what it asks for, a stack.
    private final Deque<Long> calling = new ArrayDeque<>();

    private long cpuHead;
    private long cpuThen;
    private boolean ready;
    private @Nullable End killed;

    private record Sent(long number, Request request) {}

    private Child(Process process, Limits limits, Keeper keeper) {
        this.process = process;
        this.limits = limits;
        this.keeper = keeper;
        this.out = new Wire.Out(process.getOutputStream());
    }

    /// Starts a process; call [#greet] then.
    static Child start(ChildCommand command, Limits limits, Keeper keeper) throws IOException {
        return new Child(command.start(), limits, keeper);
    }

    /// Has it make itself ready. The keeper is told when it is, and in any case when it ends.
    void greet() {
        out.add(new Message.Hello(Wire.VERSION, limits));
        flush();
        Thread.ofPlatform().daemon().name("script-process-" + pid()).start(this::listen);
        Thread.ofVirtual().name("script-process-words").start(this::listenToWords);
    }

    long pid() {
        return process.pid();
    }

    /// Whether it may be given this one now.
    synchronized boolean hasRoomFor(Request request) {
        return assigned.isEmpty()
                || (assigned.size() < MOST_ASSIGNED
                        && units + request.arguments().length() <= MOST_UNITS);
    }

    synchronized int load() {
        return assigned.size();
    }

    /// How long the script that runs has been running, in nanoseconds; 0 when none runs.
    synchronized long running(long now) {
        return assigned.isEmpty() ? 0 : now - headSince;
    }

    /// How long nothing has run, in nanoseconds; 0 when something runs.
    synchronized long idle(long now) {
        return assigned.isEmpty() ? now - idleSince : 0;
    }

    /// Gives it a script to run; call [#flush] afterwards.
    synchronized void assign(Request request) {
        long number = ++lastNumber;
        if (assigned.isEmpty()) {
            headSince = System.nanoTime();
        }
        assigned.add(new Sent(number, request));
        units += request.arguments().length();
        out.add(new Message.Run(number, 0, known(request.script()), request.arguments()));
    }

    /// Gives it a script that a function asked for which the running script called.
    void assign(Request request, long within) {
        synchronized (this) {
            if (killed != null || !calling.contains(within)) {
                request.failed(gone());
                return;
            }
            long number = ++lastNumber;
            inner.put(number, request);
            out.add(new Message.Run(number, within, known(request.script()), request.arguments()));
        }
        flush();
    }

    private int known(Script script) {
        var known = scripts.get(script);
        if (known != null) {
            return known;
        }
        int number = ++lastScript;
        scripts.put(script, number);
        out.add(new Message.Define(number, script));
        if (scripts.size() > MOST_SCRIPTS) {
            var eldest = scripts.entrySet().iterator();
            out.add(new Message.Forget(eldest.next().getValue()));
            eldest.remove();
        }
        return number;
    }

    /// What a function gave that the script called.
    void answer(long number, String told) {
        synchronized (this) {
            calling.remove(number);
            out.add(new Message.Answer(number, told));
        }
        flush();
    }

    /// Writes what was assigned. Never hold a lock meanwhile: a process that does not read lets its writer wait
    /// until it is killed.
    void flush() {
        try {
            out.flush();
        } catch (IOException gone) {
            // Whoever listens to it sees it end, and says what becomes of what was assigned.
            LOG.log(System.Logger.Level.TRACE, "a process does not read", gone);
        }
    }

    /// Kills it, unless it is already being killed.
    void kill(End why) {
        synchronized (this) {
            if (killed == null) {
                killed = why;
            }
        }
        process.destroyForcibly();
    }

    /// Looks whether it takes longer than it may, and kills it if so. Call it every now and then.
    void look(long now) {
        if (isOver(now)) {
            kill(ready ? End.TIME : End.UNREADY);
        }
    }

    private synchronized boolean isOver(long now) {
        if (!ready) {
            return now - since > START.toNanos();
        }
        var head = assigned.peek();
        if (head == null || now - headSince < limits.cpu().toNanos()) {
            return false;
        }
        if (now - headSince > limits.time().plus(GRACE).toNanos()) {
            return true;
        }
        long cpu = process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
        if (head.number != cpuHead) {
            cpuHead = head.number;
            cpuThen = cpu;
        }
        return cpu - cpuThen > limits.cpu().plus(CPU_GRACE).toNanos();
    }

    // ---- what it says

    private void listen() {
        try (var from = process.getInputStream()) {
            var in = new Wire.In(from);
            while (true) {
                hear(in.read());
            }
        } catch (EOFException ended) {
            LOG.log(System.Logger.Level.TRACE, "a process ended", ended);
        } catch (IOException | RuntimeException nonsense) {
            if (process.isAlive()) {
                LOG.log(System.Logger.Level.WARNING, "a process for scripts says what it may not say: {0}", nonsense);
                kill(End.GARBLED);
            }
        } finally {
            end();
        }
    }

    private void hear(Message message) throws Wire.Garbled {
        switch (message) {
            case Message.Ready(int version) -> {
                synchronized (this) {
                    if (ready || version != Wire.VERSION) {
                        throw new Wire.Garbled("ready twice, or another version");
                    }
                    ready = true;
                }
                keeper.ready(this);
            }
            case Message.Result(long number, String told) -> {
                if (!told.startsWith("=") && !told.startsWith("!")) {
                    throw new Wire.Garbled("a result that is none");
                }
                var outer = outer(number);
                (outer == null ? inner(number) : outer).told(told);
                if (outer != null) {
                    keeper.answered(this);
                }
            }
            case Message.Call(long number, String function, String arguments) ->
                caller(number).called(this, number, function, arguments);
            case Message.Order order -> throw new Wire.Garbled("an order: " + order.getClass());
        }
    }

    /// The request that runs, if it is that one; the next one runs from now on.
    private synchronized @Nullable Request outer(long number) {
        var head = assigned.peek();
        if (head == null || head.number != number) {
            return null;
        }
        assigned.poll();
        units -= head.request.arguments().length();
        calling.clear();
        inner.values().forEach(left -> left.failed(gone()));
        inner.clear();
        headSince = System.nanoTime();
        idleSince = headSince;
        return head.request;
    }

    private synchronized Request inner(long number) throws Wire.Garbled {
        var request = inner.remove(number);
        if (request == null) {
            throw new Wire.Garbled("a result of nothing that runs");
        }
        return request;
    }

    /// The request whose script calls a function: it runs, and does not wait for another one.
    private synchronized Request caller(long number) throws Wire.Garbled {
        var head = assigned.peek();
        var request = head != null && head.number == number ? head.request : inner.get(number);
        if (request == null || calling.contains(number)) {
            throw new Wire.Garbled("a call of nothing that runs");
        }
        calling.push(number);
        return request;
    }

    /// What Java says when it has to, for the log. Bounded, because others may say it.
    private void listenToWords() {
        byte[] some = new byte[1_024];
        try (InputStream from = process.getErrorStream()) {
            for (int count = from.read(some); count >= 0; count = from.read(some)) {
                synchronized (words) {
                    if (words.length() < LAST_WORDS) {
                        words.append(new String(some, 0, count, StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.TRACE, "a process has no more words", gone);
        }
    }

    private String lastWords() {
        synchronized (words) {
            var shown = words.toString().replaceAll("\\p{Cntrl}+", " ").strip();
            return shown.length() <= LAST_WORDS ? shown : shown.substring(0, LAST_WORDS);
        }
    }

    // ---- its end

    private void end() {
        process.destroyForcibly();
        int exit = exit();
        End end;
        Request began;
        var unbegun = new ArrayList<Request>();
        synchronized (this) {
            end = killed != null ? killed : ready ? ended(exit) : End.UNREADY;
            killed = end;
            inner.values().forEach(left -> left.failed(gone()));
            inner.clear();
            var head = assigned.poll();
            began = head == null ? null : head.request;
            assigned.forEach(sent -> unbegun.add(sent.request));
            assigned.clear();
        }
        if (end != End.RETIRED) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "a process for scripts ended ({0}, exit code {1}): {2}",
                    end,
                    exit,
                    lastWords());
        }
        keeper.ended(this, end, began, unbegun);
    }

    private int exit() {
        try {
            return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static End ended(int exit) {
        return switch (exit) {
            case ChildMain.FULL -> End.MEMORY;
            case ChildMain.STUBBORN -> End.TIME;
            case ChildMain.LOST -> End.GARBLED;
            default -> End.DIED;
        };
    }

    private static EvaluationError gone() {
        return new EvaluationError("script_error", "the process of the script that called this one is gone", Span.NONE);
    }
}
