package weir.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server that runs exactly as long as we do. It is the child of a shell that reads a pipe from us: when the pipe
/// ends, because we close it or because we are gone, the shell stops the server. When the server dies first, it is
/// started again.
final class Watched implements AutoCloseable {
    /// Signals for us (Ctrl-C reaches the whole group) do not concern server and shell: the pipe alone says when to
    /// stop.
    private static final String SHELL = """
        trap '' INT TERM HUP QUIT
        exec 3<&0
        "$@" </dev/null 3<&- &
        server=$!
        ( cat <&3 >/dev/null; kill -INT $server 2>/dev/null ) &
        watch=$!
        exec 3<&-
        wait $server
        code=$?
        kill -KILL $watch 2>/dev/null
        exit $code
        """;

    private static final Logger LOG = System.getLogger(Watched.class.getName());
    private static final long LOG_LIMIT = 8L << 20;
    /// After a crash the journal of a database has to be read first.
    private static final long START_SECONDS = 300;

    private static final long STOP_SECONDS = 60;
    private static final long LONGEST_PAUSE_MS = 5_000;

    /// What is particular about a server.
    interface Server {
        /// For people.
        String name();

        List<String> command();

        /// Stops one that outlived its shell; called before each start.
        void stopLeftover() throws IOException, EmbeddedProblem;

        /// Whether it takes requests; asked again and again after a start.
        boolean isReady() throws IOException;

        /// The server's own process.
        Optional<ProcessHandle> process() throws IOException;
    }

    /// It ended before it was ready.
    static final class Stillborn extends IOException {
        private static final long serialVersionUID = 1L;

        private final String lastWords;

        Stillborn(String lastWords) {
            super(lastWords);
            this.lastWords = lastWords;
        }

        String lastWords() {
            return lastWords;
        }
    }

    private final Server server;
    private final Path folder;
    private final Path log;
    private @Nullable Process shell;
    private volatile boolean closed;

    /// @param folder where the server is when it starts
    Watched(Server server, Path folder, Path log) {
        this.server = server;
        this.folder = folder;
        this.log = log;
    }

    /// Returns when it takes requests.
    void start() throws IOException, EmbeddedProblem {
        launch();
        Thread.ofPlatform().daemon().name("weir-watch-" + server.name()).start(this::keepAlive);
    }

    private synchronized void launch() throws IOException, EmbeddedProblem {
        if (closed) {
            return;
        }
        server.stopLeftover();
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        long before = Files.exists(log) ? Files.size(log) : 0;
        var process = Commands.builder(Commands.join(shellCommand(), server.command()), folder)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        shell = process;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!server.isReady()) {
            if (!process.isAlive()) {
                process.getOutputStream().close();
                throw new Stillborn(lastWords(before));
            }
            if (System.nanoTime() > deadline) {
                stop(process);
                throw new Stillborn("it was not ready after " + START_SECONDS + " s");
            }
            pause(10);
        }
    }

    /// In a session of its own where the system has a command for that, so that a terminal's signals pass it by.
    private static List<String> shellCommand() {
        var shell = List.of("/bin/sh", "-c", SHELL, "weir-watch");
        return Commands.find("setsid")
                .map(setsid -> Commands.join(List.of(setsid), shell))
                .or(() -> Commands.find("perl")
                        .map(perl ->
                                Commands.join(List.of(perl, "-MPOSIX=setsid", "-e", "setsid(); exec @ARGV"), shell)))
                .orElse(shell);
    }

    private String lastWords(long before) throws IOException {
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(before);
            return new Commands.Outcome(1, new String(in.readNBytes(1 << 16), Commands.CHARSET)).lastWords();
        }
    }

    private void keepAlive() {
        long pause = 50;
        while (!closed) {
            try {
                var process = shell;
                if (process != null) {
                    int exit = process.waitFor();
                    process.getOutputStream().close();
                    if (closed) {
                        return;
                    }
                    LOG.log(Level.WARNING, "{0} ended unexpectedly ({1}); starting it again", server.name(), exit);
                }
                pause(pause);
                launch();
                LOG.log(Level.INFO, "{0} runs again", server.name());
                pause = 50;
            } catch (InterruptedException interrupted) {
                return;
            } catch (IOException | EmbeddedProblem problem) {
                LOG.log(Level.WARNING, "{0} does not start: {1}", server.name(), problem.getMessage());
                pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
            }
        }
    }

    private static void pause(long milliseconds) throws IOException {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /// Stops the server in order and waits for it.
    @Override
    public void close() {
        closed = true;
        Process process;
        synchronized (this) {
            process = shell;
            shell = null;
        }
        if (process != null) {
            try {
                stop(process);
            } catch (IOException problem) {
                LOG.log(Level.WARNING, "{0} may not have stopped: {1}", server.name(), problem.getMessage());
            }
        }
    }

    private void stop(Process process) throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "{0} does not stop; killing it", server.name());
                server.process().ifPresent(ProcessHandle::destroyForcibly);
                process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
