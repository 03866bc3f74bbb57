package weir.sandbox;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.source.Span;
import weir.value.Value;

/// A script that somebody waits for while a process runs it. The functions that it calls are performed by the thread
/// that waits.
final class Request {
    /// What the sandbox itself asks the host for, besides the built-ins (see `harden.js`).
    private static final Set<String> OF_MATH =
            Set.of("Math.acosh", "Math.asinh", "Math.atanh", "Math.hypot", "Math.log2");

    /// How many times the processor time of a script the functions that it calls may take by the clock.
    private static final int FUNCTIONS = 4;

    private static final Set<String> BUILT_INS = Set.copyOf(Script.builtIns());

    /// Whose function is being performed by this thread: what it asks for runs in the same process.
    private static final ScopedValue<Caller> CALLER = ScopedValue.newInstance();

    /// A script that waits for a function.
    record Caller(Child child, long number, Request request) {}

    private final int organisation;
    private final Limits limits;
    private final Script script;
    private final String arguments;
    private final Scripts.Host host;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private int attempts;
    private long inFunctions;
    private volatile boolean called;
    private boolean abandoned;

    private sealed interface Event {}

    private record Told(String told) implements Event {}

    private record Called(Caller caller, String function, String arguments) implements Event {}

    private record Failed(EvaluationError error) implements Event {}

    /// @param arguments see [Border#arguments]
    Request(int organisation, Limits limits, Script script, String arguments, Scripts.Host host) {
        this.limits = limits;
        this.organisation = organisation;
        this.script = script;
        this.arguments = arguments;
        this.host = host;
    }

    /// The script whose function asks for this one, if one does.
    @Nullable
    Caller caller() {
        return CALLER.isBound() && CALLER.get().request.organisation == organisation ? CALLER.get() : null;
    }

    Script script() {
        return script;
    }

    String arguments() {
        return arguments;
    }

    /// Says that a process began with it and died.
    ///
    /// @return whether it may be tried again: nothing outside saw it, and it is not the third time
    boolean mayBeTriedAgain() {
        return ++attempts <= 2 && !called;
    }

    void told(String told) {
        events.add(new Told(told));
    }

    void failed(EvaluationError error) {
        events.add(new Failed(error));
    }

    /// The script calls a function.
    void called(Child child, long number, String function, String arguments) {
        var caller = new Caller(child, number, this);
        synchronized (this) {
            if (!abandoned) {
                called = true;
                events.add(new Called(caller, function, arguments));
                return;
            }
        }
        caller.child.answer(caller.number, Border.complaint(interrupted()));
    }

    /// Waits for the result, and performs the functions that the script calls.
    ///
    /// @throws EvaluationError what went wrong
    Value await() {
        try {
            while (true) {
                switch (events.take()) {
                    case Told(String told) -> {
                        return Border.result(told);
                    }
                    case Failed(EvaluationError error) -> throw error;
                    case Called(Caller caller, String function, String given) -> answer(caller, function, given);
                }
            }
        } catch (InterruptedException hurried) {
            abandon();
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private void answer(Caller caller, String function, String given) {
        String told = Border.complaint(interrupted());
        long start = System.nanoTime();
        try {
            told = perform(caller, function, given);
        } finally {
            performed(caller.child, System.nanoTime() - start);
            // Also when something breaks here: the script must not wait for ever.
            caller.child.answer(caller.number, told);
        }
    }

    /// The processor time of functions is not the script's own, and no process is watched for it; so their time by
    /// the clock has a limit of its own.
    private void performed(Child child, long nanos) {
        inFunctions += nanos;
        if (inFunctions > FUNCTIONS * limits.cpu().toNanos()) {
            child.kill(Child.End.TIME);
        }
    }

    private String perform(Caller caller, String function, String given) {
        // The process may have been taken over: it gets nothing that its script could not have asked for.
        if (!script.functions().contains(function) && !BUILT_INS.contains(function) && !OF_MATH.contains(function)) {
            return Border.complaint(
                    new EvaluationError("type_error", "there is no function of that name here", Span.NONE));
        }
        return ScopedValue.where(CALLER, caller).call(() -> Border.answer(host, function, given));
    }

    /// Nobody waits any more; a script that calls a function meanwhile is told so.
    private synchronized void abandon() {
        abandoned = true;
        for (var event : events) {
            if (event instanceof Called(Caller caller, String _, String _)) {
                caller.child.answer(caller.number, Border.complaint(interrupted()));
            }
        }
    }

    private static EvaluationError interrupted() {
        return new EvaluationError("script_error", "the script was interrupted", Span.NONE);
    }
}
