package weir.chaos;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A `weir` process that can be killed, stopped, told to end, and started again.
final class Part implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(45);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private @Nullable Process process;

    /// @param arguments of `weir`
    Part(String name, List<String> arguments, Map<String, String> environment, Path log) {
        this.name = name;
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "-cp",
                System.getProperty("java.class.path"),
                "weir.cli.Main"));
        this.command.addAll(arguments);
        this.environment = environment;
        this.log = log;
    }

    String name() {
        return name;
    }

    synchronized void start() throws IOException {
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /// kill -9.
    synchronized void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    synchronized void signal(String signal) throws IOException, InterruptedException {
        if (process != null) {
            signal(signal, List.of(process.toHandle()));
        }
    }

    /// SIGTERM, and waits for the end.
    ///
    /// @return how long it took
    synchronized Duration terminate() throws InterruptedException {
        long start = System.nanoTime();
        if (process != null) {
            process.destroy();
            if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        terminate();
    }
}
