package weir.embedded;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Programs that run to their end.
final class Commands {
    /// Where the system's own commands are, whatever our environment says.
    private static final List<String> PATH = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

    /// Nothing of our environment reaches a server: no secrets, no locale, no PG… variables.
    static final Map<String, String> ENVIRONMENT = Map.of("PATH", String.join(":", PATH), "LC_ALL", "C", "TZ", "UTC");

    static final Charset CHARSET = StandardCharsets.UTF_8;

    private static final long PATIENCE_SECONDS = 120;

    private Commands() {}

    /// @param output what it said on both streams
    record Outcome(int exit, String output) {
        boolean succeeded() {
            return exit == 0;
        }

        /// The last lines that say something.
        String lastWords() {
            var lines = output.lines().filter(line -> !line.isBlank()).toList();
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        }
    }

    static Optional<String> find(String name) {
        return PATH.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    static List<String> join(List<String> first, List<String> second) {
        var joined = new ArrayList<>(first);
        joined.addAll(second);
        return List.copyOf(joined);
    }

    static ProcessBuilder builder(List<String> command, @Nullable Path folder) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        return builder;
    }

    static Outcome run(List<String> command, @Nullable Path folder) throws IOException {
        return run(command, folder, "");
    }

    /// @param input what it is told
    /// @throws IOException also when it takes longer than two minutes
    static Outcome run(List<String> command, @Nullable Path folder, String input) throws IOException {
        var process = builder(command, folder).start();
        try {
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(CHARSET));
            }
            var output = new String(process.getInputStream().readAllBytes(), CHARSET);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " did not end within " + PATIENCE_SECONDS + " s");
            }
            return new Outcome(process.exitValue(), output);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
