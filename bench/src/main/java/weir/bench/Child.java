package weir.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process that a benchmark needs, and that ends with it, also on Ctrl-C.
final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Thread atExit;

    private Child(Process process) {
        this.process = process;
        this.atExit = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static Child start(ProcessBuilder builder) throws IOException {
        return new Child(builder.start());
    }

    /// A Java program of our own class path.
    ///
    /// @param options of the virtual machine
    static ProcessBuilder java(List<String> options, Class<?> program, String... arguments) {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    long id() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// The next line that it prints.
    String line() throws IOException {
        var lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the process ended before it said anything");
        }
        drain(lines);
        return line;
    }

    private static void drain(BufferedReader lines) {
        Thread.ofVirtual().start(() -> {
            try {
                while (lines.readLine() != null) {
                    // Nobody asks.
                }
            } catch (IOException gone) {
                // The process ended.
            }
        });
    }

    /// Asks it to stop, and waits.
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
