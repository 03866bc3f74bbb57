package weir.sandbox;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import weir.eval.Budget;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.source.Span;
import weir.value.Value;

/// Runs scripts, each in a hardened world on a thread of its own pool. Costs nothing until the first script comes, or
/// [#prewarm] is called. Shared between threads.
public final class Sandbox implements Scripts, Tenants {
    /// More than the frames that a script may have can fill; only what is used takes memory.
    private static final long STACK_BYTES = 64L << 20;

    private static final System.Logger LOG = System.getLogger(Sandbox.class.getName());

    private final Limits limits;
    private final Budget budget;
    private final ThreadPoolExecutor threads;
    private volatile @Nullable Machinery machinery;
    private volatile boolean closed;

    /// A thread with its world, which ends with it.
    private static final class ScriptThread extends Thread {
        private @Nullable World world;

        ScriptThread(Runnable work) {
            super(null, work, "script", STACK_BYTES);
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                forget();
            }
        }

        void forget() {
            var old = world;
            world = null;
            if (old != null) {
                old.close();
            }
        }
    }

    /// What is made when the first script comes.
    private record Machinery(Engine engine, Watch watch) {}

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
        this.threads = new ThreadPoolExecutor(
                limits.worlds(), limits.worlds(), 10, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), ScriptThread::new);
        threads.allowCoreThreadTimeOut(true);
    }

    /// Loads the engine and makes a world in the background, so that the first script need not wait a second for
    /// it.
    @Override
    public void prewarm() {
        threads.execute(() -> {
            try {
                world((ScriptThread) Thread.currentThread());
            } catch (RuntimeException | Error interrupted) {
                // The first script will say what is wrong; one that was stopped half-way is nobody's business.
                if (!closed) {
                    LOG.log(System.Logger.Level.DEBUG, "the sandbox could not be made ready ahead", interrupted);
                }
            }
        });
    }

    /// They share the threads.
    @Override
    public Scripts of(int organisation) {
        return this;
    }

    @Override
    public Value run(String body, List<String> parameters, List<Value> arguments) {
        return run(new Script(body, parameters, List.of()), arguments, (function, values) -> {
            throw new EvaluationError("type_error", function + " cannot be called here", Span.NONE);
        });
    }

    @Override
    public Value run(Script script, List<Value> arguments, Host host) {
        var text = Border.arguments(arguments);
        if (Thread.currentThread() instanceof ScriptThread thread && thread.world != null && thread.world.isRunning()) {
            return Border.result(thread.world.run(script, text, Border.bridge(host)));
        }
        var answer = new CompletableFuture<Value>();
        threads.execute(() -> {
            try {
                answer.complete(perform((ScriptThread) Thread.currentThread(), script, text, host, answer));
            } catch (Throwable problem) {
                answer.completeExceptionally(problem);
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EvaluationError("script_error", "the script was interrupted", Span.NONE);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EvaluationError error) {
                throw error;
            }
            throw new EvaluationError("script_error", "the JavaScript engine failed: " + e.getCause(), Span.NONE);
        }
    }

    @Override
    public Budget budget() {
        return budget;
    }

    private Value perform(
            ScriptThread thread, Script script, String arguments, Host host, CompletableFuture<Value> answer) {
        var world = world(thread);
        var guard = machinery().watch.over(world::close, reason -> abandon(answer, reason));
        try (guard) {
            var told = world.run(script, arguments, Border.bridge(host));
            return Border.result(told);
        } catch (PolyglotException problem) {
            thread.forget();
            throw Border.stopped(problem, guard.reason());
        } catch (OutOfMemoryError | StackOverflowError e) {
            thread.forget();
            throw Border.tooMuchMemory();
        } finally {
            if (guard.reason() != null) {
                // It may have ended by itself just before it was stopped; its world is closed in any case.
                thread.forget();
                var _ = Thread.interrupted();
            }
        }
    }

    /// Gives up a script that does not stop: its caller goes on, and another thread takes the place of its thread.
    private void abandon(CompletableFuture<Value> answer, EvaluationError reason) {
        if (answer.completeExceptionally(reason)) {
            threads.setMaximumPoolSize(threads.getMaximumPoolSize() + 1);
            threads.setCorePoolSize(threads.getCorePoolSize() + 1);
        }
    }

    private World world(ScriptThread thread) {
        var known = thread.world;
        if (known != null) {
            return known;
        }
        var made = new World(machinery().engine, limits.text());
        thread.world = made;
        return made;
    }

    private Machinery machinery() {
        var present = machinery;
        return present != null ? present : load();
    }

    private synchronized Machinery load() {
        if (closed) {
            throw new EvaluationError("script_error", "the JavaScript sandbox is closed", Span.NONE);
        }
        var present = machinery;
        if (present == null) {
            present = new Machinery(World.engine(), new Watch(limits));
            machinery = present;
        }
        return present;
    }

    /// Stops what runs and lets go of everything.
    @Override
    public synchronized void close() {
        closed = true;
        threads.shutdownNow();
        var present = machinery;
        if (present != null) {
            present.watch.close();
            present.engine.close(true);
            machinery = null;
        }
    }
}
