package weir.sandbox;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.source.Span;

/// The program of a process that runs scripts for a server: reads orders from its input, one script after the other,
/// and reports on its output. It runs one at a time, so that when it dies, it is known which script it died of. It ends
/// when its input does, whatever it is doing: the server is gone then.
public final class ChildMain {
    /// It ended because a script did not let itself be stopped.
    static final int STUBBORN = 81;
    /// How Java exits for `ExitOnOutOfMemoryError`, and this program a moment before.
    static final int FULL = 3;
    /// It ended because it did not understand what it was told.
    static final int LOST = 82;

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final long STACK_BYTES = 64L << 20;
    private static final Script FIRST =
            new Script("return { id: a.id, all: a.list.map(x => x * 2) }", List.of("a"), List.of());
    /// What is needed at once by the first script of a user is loaded and linked by then.
    private static final int WARMING = 20;

    private final Wire.Out out;
    private final Limits limits;
    private final Watch watch;
    private final Engine engine = World.engine();
    private final BlockingQueue<Work> inbox = new LinkedBlockingQueue<>();
    /// What came while a script waited for the answer of a function.
    private final Deque<Work> later = new ArrayDeque<>();

    private @Nullable World world;

    private sealed interface Work {}

    private record Task(long request, long within, Script script, String arguments) implements Work {}

    private record Reply(long request, String told) implements Work {}

    private ChildMain(Wire.Out out, Limits limits) {
        this.out = out;
        this.limits = limits;
        this.watch = new Watch(limits, PATIENCE, new FullHeap(), Long.MAX_VALUE);
    }

    /// @param arguments none; `train` has it make itself ready and end, for a cache of the classes that it needs
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            new ChildMain(new Wire.Out(OutputStream.nullOutputStream()), Limits.STANDARD).warm();
            return;
        }
        var input = new FileInputStream(FileDescriptor.in);
        var output = new FileOutputStream(FileDescriptor.out);
        // Nothing but messages may get onto the pipe.
        System.setIn(InputStream.nullInputStream());
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        try {
            serve(new Wire.In(input), output);
            end(0);
        } catch (Wire.Garbled lost) {
            end(LOST);
        } catch (IOException gone) {
            end(0);
        }
    }

    /// At once, without waiting for a script.
    private static void end(int code) {
        Runtime.getRuntime().halt(code);
    }

    private static void serve(Wire.In in, OutputStream output) throws IOException {
        if (!(in.read() instanceof Message.Hello(int version, Limits limits)) || version != Wire.VERSION) {
            throw new Wire.Garbled("no greeting, or one of another version");
        }
        var child = new ChildMain(new Wire.Out(output), limits);
        var thread = new Thread(null, child::work, "script", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        var scripts = new HashMap<Integer, Script>();
        while (true) {
            child.take(in.read(), scripts);
        }
    }

    private void take(Message message, Map<Integer, Script> scripts) throws Wire.Garbled {
        switch (message) {
            case Message.Define(int number, Script script) -> scripts.put(number, script);
            case Message.Forget(int number) -> scripts.remove(number);
            case Message.Run(long request, long within, int number, String arguments) -> {
                var script = scripts.get(number);
                if (script == null) {
                    throw new Wire.Garbled("no script " + number);
                }
                inbox.add(new Task(request, within, script, arguments));
            }
            case Message.Answer(long request, String told) -> inbox.add(new Reply(request, told));
            case Message.Hello _, Message.Report _ -> throw new Wire.Garbled("not for a child: " + message);
        }
    }

    private void work() {
        try {
            warm();
            out.send(new Message.Ready(Wire.VERSION));
            while (true) {
                var next = later.isEmpty() ? inbox.take() : later.poll();
                switch (next) {
                    // The script that waited for it was stopped.
                    case Reply _ -> {}
                    case Task task -> out.send(new Message.Result(task.request, told(task)));
                }
            }
        } catch (IOException gone) {
            end(0);
        } catch (InterruptedException unexpected) {
            end(LOST);
        }
    }

    private void warm() {
        for (int i = 0; i < WARMING; i++) {
            perform(new Task(0, 0, FIRST, "[{\"id\":1,\"list\":[1,2,3]}]"));
        }
    }

    private String told(Task task) {
        if (task.within != 0) {
            return Border.complaint(
                    new EvaluationError("script_error", "the script that called this one was stopped", Span.NONE));
        }
        String told = perform(task);
        // Stopping a script interrupts its thread, maybe a moment after it ended.
        var _ = Thread.interrupted();
        return fitting(told);
    }

    /// What is too long for the pipe is refused here, where the script can be told.
    private static String fitting(String told) {
        return told.length() <= Wire.LONGEST / 4
                ? told
                : Border.complaint(new EvaluationError("limit_size", "this script's result is too long", Span.NONE));
    }

    private String perform(Task task) {
        var current = world == null ? new World(engine, limits.text()) : world;
        world = current;
        var guard = watch.over(current::close, ChildMain::giveUp);
        try (guard) {
            return current.run(task.script, task.arguments, bridge(task.request));
        } catch (EvaluationError error) {
            return Border.complaint(error);
        } catch (PolyglotException problem) {
            forget();
            return Border.complaint(Border.stopped(problem, guard.reason()));
        } catch (StackOverflowError deep) {
            forget();
            return Border.complaint(Border.tooMuchMemory());
        } finally {
            if (guard.reason() != null || current.isWorn()) {
                forget();
            }
        }
    }

    private static void giveUp(EvaluationError reason) {
        end(reason.code().equals("limit_memory") ? FULL : STUBBORN);
    }

    private void forget() {
        var old = world;
        world = null;
        if (old != null) {
            old.close();
        }
    }

    private World.Bridge bridge(long request) {
        return (function, arguments) -> {
            try {
                out.send(new Message.Call(request, function, arguments));
                return answer(request);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException("stopped", stopped);
            } catch (IOException gone) {
                end(0);
                throw new IllegalStateException("ended", gone);
            }
        };
    }

    /// Waits for it. The function may ask for scripts itself; they run in the same world, meanwhile.
    private String answer(long request) throws InterruptedException, IOException {
        while (true) {
            switch (inbox.take()) {
                case Reply(long asked, String told)
                when asked == request -> {
                    return told;
                }
                case Task task when task.within == request -> out.send(new Message.Result(task.request, nested(task)));
                case Reply _ -> {}
                case Task task -> later.add(task);
            }
        }
    }

    private String nested(Task task) throws IOException {
        var current = world;
        if (current == null) {
            throw new IllegalStateException("no world");
        }
        try {
            return fitting(current.run(task.script, task.arguments, bridge(task.request)));
        } catch (EvaluationError error) {
            return Border.complaint(error);
        } catch (PolyglotException stopped) {
            out.send(new Message.Result(task.request, Border.complaint(Border.stopped(stopped, null))));
            throw stopped;
        }
    }
}
