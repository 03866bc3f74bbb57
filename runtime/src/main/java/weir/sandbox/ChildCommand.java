package weir.sandbox;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a process that runs scripts is started: the Java and the classes of this process, a heap of its own, no
/// environment, an empty folder, and whatever of the system's own commands takes rights away.
final class ChildCommand {
    private static final List<Path> COMMANDS = List.of(Path.of("/usr/bin"), Path.of("/bin"));
    /// What each does to the process that it becomes; left out where the system does not have it or does not let
    /// us.
    private static final List<List<String>> WRAPPINGS = List.of(
            // No network: a namespace without one.
            List.of("unshare", "--user", "--net", "--ipc", "--"),
            // No programs that give rights.
            List.of("setpriv", "--no-new-privs", "--"),
            // No file that it could write to, and no image of its memory.
            List.of("prlimit", "--core=0", "--fsize=0", "--nofile=256", "--"));

    /// Of at most 1000.
    private static final String SACRIFICE = "900";

    private static final System.Logger LOG = System.getLogger(ChildCommand.class.getName());
    private static final String CACHE = "-XX:AOTCache=";

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path folder;

    private ChildCommand(List<String> command, Map<String, String> environment, Path folder) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.folder = folder;
    }

    /// @param megabytes of its heap
    /// @param folder an empty one
    static ChildCommand of(int megabytes, Path folder) {
        return of(megabytes, folder, List.of(ChildMain.class.getName()));
    }

    /// @param main the class, and its arguments
    static ChildCommand of(int megabytes, Path folder, List<String> main) {
        var command = new ArrayList<>(wrappings());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options(megabytes));
        command.add("-cp");
        command.add(classPath());
        command.addAll(main);
        // Java reads the names of files by the locale, and without one it knows nothing but ASCII.
        var environment = command.stream().allMatch(ChildCommand::isAscii)
                ? Map.<String, String>of()
                : Map.of("LC_ALL", "C.UTF-8");
        return new ChildCommand(command, environment, folder);
    }

    private static List<String> options(int megabytes) {
        var options = new ArrayList<>(List.of(
                "-Xmx" + megabytes + "m",
                "-Xms8m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:+ExitOnOutOfMemoryError",
                // Standard output is the pipe: the machine says nothing there, and leaves no files.
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:ErrorFile=/dev/null",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"));
        // Beside the cache that makes our own starts quick the launcher lays one that makes theirs quick.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith(CACHE) && option.endsWith(".aot"))
                .map(option -> Path.of(option.substring(CACHE.length()).replaceFirst("\\.aot$", "-scripts.aot")))
                .filter(ChildCommand::isFilled)
                .forEach(cache -> options.add(CACHE + cache.toAbsolutePath()));
        return options;
    }

    private static boolean isFilled(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /// The folders and files where our classes lie, from any folder.
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> !part.isEmpty())
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /// Those that work here: tried once.
    private static List<String> wrappings() {
        var working = new ArrayList<String>();
        for (var wrapping : WRAPPINGS) {
            for (var place : COMMANDS) {
                var whole = new ArrayList<>(wrapping);
                whole.set(0, place.resolve(wrapping.getFirst()).toString());
                if (Files.isExecutable(Path.of(whole.getFirst())) && works(working, whole)) {
                    working.addAll(whole);
                    break;
                }
            }
        }
        return working;
    }

    private static boolean works(List<String> before, List<String> wrapping) {
        var command = new ArrayList<>(before);
        command.addAll(wrapping);
        command.add("/bin/true");
        try {
            var builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            var process = builder.start();
            process.getOutputStream().close();
            if (process.waitFor(2, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException refused) {
            return false;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Which commands take rights away here, for the log.
    List<String> takenAway() {
        return command.stream()
                .takeWhile(part -> !part.endsWith("/java"))
                .filter(part -> part.startsWith("/"))
                .map(part -> part.substring(part.lastIndexOf('/') + 1))
                .toList();
    }

    boolean isConfined() {
        return !takenAway().isEmpty();
    }

    /// The same behind one more command.
    ChildCommand behind(List<String> wrapping) {
        var whole = new ArrayList<>(wrapping);
        whole.addAll(command);
        return new ChildCommand(whole, environment, folder);
    }

    /// The same without those commands.
    ChildCommand unconfined() {
        int java = 0;
        while (!command.get(java).endsWith("/java")) {
            java++;
        }
        return new ChildCommand(command.subList(java, command.size()), environment, folder);
    }

    Process start() throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        sacrifice(process);
        return process;
    }

    /// When the machine runs out of memory, Linux kills what has the highest score: these rather than the server.
    private static void sacrifice(Process process) {
        var score = Path.of("/proc", Long.toString(process.pid()), "oom_score_adj");
        try {
            if (Files.isWritable(score)) {
                Files.writeString(score, SACRIFICE);
            }
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.TRACE, "a process ended at once", gone);
        }
    }
}
