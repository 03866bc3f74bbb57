package weir.eval;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// Code that begins as closures and becomes bytecode when it has run often: most expressions never do, and by then
/// their closures have met the shapes of the records they read.
final class Tiered extends Code {
    private static final System.Logger LOG = System.getLogger(Tiered.class.getName());

    /// What a run counts besides its operations.
    private static final int RUN = 16;
    /// When bytecode is worth it.
    private static final long HOT = 20_000;
    /// So many records of unforeseen shapes, and the bytecode is made anew.
    private static final int STRAYED = 10_000;
    private static final int MOST_EMISSIONS = 4;

    /// One thread, which goes when it has nothing to do.
    private static final Executor EMITTING = emitting();

    private final Code closures;
    private final Executor executor;
    private @Nullable Code emitted;
    /// The same if it needs no locals but its own.
    private @Nullable Code bare;
    private long heat;
    private int strayed;
    private int emissions;
    private boolean asked;

    Tiered(Code closures) {
        this(closures, EMITTING);
    }

    Tiered(Code closures, Executor executor) {
        super(closures.at);
        this.closures = closures;
        this.executor = executor;
    }

    /// Whether there is anything to gain.
    static boolean isWorthwhile(Code code) {
        return code.constant() == null && !(code instanceof Reads.Local) && !(code instanceof Reads.FrameName);
    }

    private static Executor emitting() {
        var pool = new ThreadPoolExecutor(
                1,
                1,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("weir-bytecode").factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    Kind kind() {
        return closures.kind();
    }

    @Override
    @Nullable
    Value constant() {
        return closures.constant();
    }

    /// Makes it bytecode now; false when it stays closures.
    boolean emitNow() {
        var made = Emitter.emit(closures, this);
        emitted = made == null ? null : made.code();
        bare = made == null || made.callsClosures() ? null : made.code();
        return made != null;
    }

    boolean isEmitted() {
        return emitted != null;
    }

    @Override
    Value start(@Nullable Frame frame, Evaluation evaluation, Unit unit) {
        var code = bare;
        return code != null ? code.run(Unit.bare(frame, evaluation)) : run(unit.activation(frame, evaluation));
    }

    @Override
    Value run(Activation activation) {
        var code = emitted;
        if (code != null) {
            return code.run(activation);
        }
        long before = activation.evaluation.operationsLeft();
        var value = closures.run(activation);
        warm(before - activation.evaluation.operationsLeft());
        return value;
    }

    @Override
    double number(Activation activation) {
        var code = emitted;
        if (code != null) {
            return code.number(activation);
        }
        long before = activation.evaluation.operationsLeft();
        double number = closures.number(activation);
        warm(before - activation.evaluation.operationsLeft());
        return number;
    }

    @Override
    boolean truth(Activation activation) {
        var code = emitted;
        if (code != null) {
            return code.truth(activation);
        }
        long before = activation.evaluation.operationsLeft();
        boolean truth = closures.truth(activation);
        warm(before - activation.evaluation.operationsLeft());
        return truth;
    }

    private void warm(long operations) {
        heat += RUN + operations;
        if (heat > HOT && !asked) {
            ask();
        }
    }

    private synchronized void ask() {
        if (!asked) {
            asked = true;
            if (emissions++ < MOST_EMISSIONS) {
                executor.execute(this::emit);
            }
        }
    }

    private void emit() {
        try {
            emitNow();
        } catch (RuntimeException | LinkageError mistake) {
            LOG.log(System.Logger.Level.WARNING, "an expression could not be made bytecode and runs slower", mistake);
        }
    }

    /// Hears that a record had none of the shapes that the bytecode expects. When that happens often, the closures
    /// look anew what shapes there are.
    void strayed() {
        if (++strayed > STRAYED) {
            coolDown();
        }
    }

    private synchronized void coolDown() {
        if (strayed > STRAYED && emissions < MOST_EMISSIONS) {
            emitted = null;
            bare = null;
            Emitter.forgetShapes(closures);
            heat = 0;
            asked = false;
        }
        strayed = 0;
    }
}
