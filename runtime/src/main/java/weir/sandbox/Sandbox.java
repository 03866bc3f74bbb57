package weir.sandbox;

import java.util.List;
import org.graalvm.polyglot.Engine;
import org.jspecify.annotations.Nullable;
import weir.eval.Budget;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.source.Span;
import weir.value.Value;

/// Runs scripts in this process, in hardened worlds on threads of their own. Organisations take turns ([FairQueue]) and
/// share no world ([Worlds]). Costs nothing until the first script comes, or [#prewarm] is called. Shared between
/// threads.
public final class Sandbox implements Scripts, Tenants {
    /// Whose scripts they are when nobody says so.
    private static final int NOBODY = 0;

    private final Limits limits;
    private final Budget budget;
    private final FairQueue<Task> turns;
    private @Nullable Machinery machinery;
    private boolean closed;

    /// What is made when the first script comes.
    record Machinery(Engine engine, Watch watch, Worlds worlds) {}

    /// How it stands.
    ///
    /// @param threads that run scripts, or wait for one
    /// @param worlds that scripts run in, or that wait for one
    /// @param waiting scripts that wait for their turn
    public record Counts(int threads, int worlds, int waiting) {}

    public Sandbox(Limits limits) {
        this(Budget.STANDARD, limits);
    }

    /// @param budget what evaluations may take here; its longest text holds for scripts, too
    public Sandbox(Limits limits, Budget budget) {
        this(budget, limits.withText(budget.text()));
    }

    private Sandbox(Budget budget, Limits limits) {
        this.budget = budget;
        this.limits = limits;
        this.turns = new FairQueue<>(limits.threads());
    }

    /// Loads the engine and makes a world in the background, so that the first script need not wait a second for
    /// it.
    @Override
    public void prewarm() {
        var first = new Script("return 1", List.of(), List.of());
        submit(NOBODY, new Task(first, "[]", (function, values) -> values.getFirst()));
    }

    /// The scripts of an organisation.
    @Override
    public Scripts of(int organisation) {
        return new Scripts() {
            @Override
            public Value run(String body, List<String> parameters, List<Value> arguments) {
                return run(new Script(body, parameters, List.of()), arguments, Sandbox::noFunctions);
            }

            @Override
            public Value run(Script script, List<Value> arguments, Host host) {
                return Sandbox.this.run(organisation, script, arguments, host);
            }

            @Override
            public Budget budget() {
                return budget;
            }
        };
    }

    private static Value noFunctions(String function, List<Value> values) {
        throw new EvaluationError("type_error", function + " cannot be called here", Span.NONE);
    }

    @Override
    public Value run(String body, List<String> parameters, List<Value> arguments) {
        return run(new Script(body, parameters, List.of()), arguments, Sandbox::noFunctions);
    }

    @Override
    public Value run(Script script, List<Value> arguments, Host host) {
        return run(NOBODY, script, arguments, host);
    }

    @Override
    public Budget budget() {
        return budget;
    }

    private Value run(int organisation, Script script, List<Value> arguments, Host host) {
        var text = Border.arguments(arguments);
        var world = Thread.currentThread() instanceof ScriptThread thread ? thread.world() : null;
        if (world != null) {
            return Border.result(world.run(script, text, Border.bridge(host)));
        }
        var task = new Task(script, text, host);
        submit(organisation, task);
        return task.await();
    }

    private void submit(int organisation, Task task) {
        try {
            if (turns.submit(organisation, task)) {
                startThread();
            }
        } catch (IllegalStateException ended) {
            throw closed();
        }
    }

    Limits limits() {
        return limits;
    }

    void startThread() {
        new ScriptThread(this, turns).start();
    }

    synchronized Machinery machinery() {
        if (closed) {
            throw closed();
        }
        var present = machinery;
        if (present == null) {
            var engine = World.engine();
            var worlds =
                    new Worlds(() -> new World(engine, limits.text()), Math.max(limits.worlds(), limits.threads()));
            present = new Machinery(engine, new Watch(limits), worlds);
            machinery = present;
        }
        return present;
    }

    private static EvaluationError closed() {
        return new EvaluationError("script_error", "the JavaScript sandbox is closed", Span.NONE);
    }

    public synchronized Counts counts() {
        var present = machinery;
        return new Counts(turns.threads(), present == null ? 0 : present.worlds.count(), turns.waiting());
    }

    /// Stops what runs and lets go of everything.
    @Override
    public synchronized void close() {
        closed = true;
        turns.close().forEach(task -> task.fail(closed()));
        var present = machinery;
        if (present != null) {
            present.watch.close();
            present.worlds.close();
            present.engine.close(true);
            machinery = null;
        }
    }
}
