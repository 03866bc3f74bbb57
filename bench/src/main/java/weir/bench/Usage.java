package weir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the processes of a benchmark take, from `/proc`; on a system without it everything is empty.
///
/// @param cpuSeconds since their start, by part
/// @param memoryMib shared pages counted in proportion (PSS), by part
record Usage(Map<Part, Double> cpuSeconds, Map<Part, Double> memoryMib) {
    /// Clock ticks a second, the same on every Linux that Java runs on.
    private static final double TICKS = 100;

    private static final Path PROC = Path.of("/proc");

    /// What a part took in a window.
    ///
    /// @param cores how many it kept busy
    /// @param cpuMicroseconds for each unit of work
    record Taken(double cores, double cpuMicroseconds, double memoryMib) {}

    enum Part {
        SERVER,
        POSTGRES,
        REDIS,
        ECHO,
        LOAD,
        /// Of the server: compiling its bytecode, which becomes less the longer it runs.
        JIT,
        /// Of the server: collecting garbage.
        GC;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// Looks at these processes with all that descend from them.
    static Usage of(long server, long echo) throws IOException {
        var seconds = new EnumMap<Part, Double>(Part.class);
        var memory = new EnumMap<Part, Double>(Part.class);
        if (!Files.isReadable(PROC.resolve("self/stat"))) {
            return new Usage(seconds, memory);
        }
        var own = new HashMap<Long, Part>();
        own.put(echo, Part.ECHO);
        own.put(ProcessHandle.current().pid(), Part.LOAD);
        for (long id : descendants(server)) {
            own.put(id, part(id));
        }
        own.forEach((id, part) -> {
            ticks(id).ifPresent(ticks -> seconds.merge(part, ticks / TICKS, Double::sum));
            memory(id).ifPresent(mib -> memory.merge(part, mib, Double::sum));
            if (part == Part.SERVER) {
                threads(id, seconds);
            }
        });
        return new Usage(seconds, memory);
    }

    /// What was taken since then, in seconds of CPU.
    Map<Part, Double> cpuSince(Usage before) {
        var difference = new EnumMap<Part, Double>(Part.class);
        cpuSeconds.forEach((part, now) -> difference.put(part, now - before.cpuSeconds.getOrDefault(part, 0.0)));
        return difference;
    }

    private static Part part(long id) {
        String command = read(id, "comm").map(String::strip).orElse("");
        return command.startsWith("postgres") ? Part.POSTGRES : command.startsWith("redis") ? Part.REDIS : Part.SERVER;
    }

    /// What the threads of a JVM do that run none of the program, by their names.
    private static void threads(long id, Map<Part, Double> seconds) {
        var tasks = PROC.resolve(Long.toString(id)).resolve("task");
        try (var threads = Files.newDirectoryStream(tasks)) {
            for (var thread : threads) {
                String stat = Files.readString(thread.resolve("stat"));
                int end = stat.lastIndexOf(')');
                String name = stat.substring(stat.indexOf('(') + 1, end);
                var fields = stat.substring(end + 2).split(" ");
                double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
                if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
                    seconds.merge(Part.JIT, ticks / TICKS, Double::sum);
                } else if (name.startsWith("G1 ") || name.startsWith("GC ") || name.startsWith("VM Thread")) {
                    seconds.merge(Part.GC, ticks / TICKS, Double::sum);
                }
            }
        } catch (IOException gone) {
            // A thread or the process has ended: what it took is missing, in the total it is there.
        }
    }

    private static List<Long> descendants(long root) throws IOException {
        Map<Long, List<Long>> children = new HashMap<>();
        try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var process : processes) {
                long id = Long.parseLong(process.getFileName().toString());
                stat(id).ifPresent(
                                fields -> children.computeIfAbsent(Long.parseLong(fields[1]), none -> new ArrayList<>())
                                        .add(id));
            }
        }
        List<Long> found = new ArrayList<>(List.of(root));
        for (int i = 0; i < found.size(); i++) {
            found.addAll(children.getOrDefault(found.get(i), List.of()));
        }
        return found;
    }

    /// User and system time of a process, and of its children that have ended.
    private static Optional<Double> ticks(long id) {
        return stat(id).map(fields -> Double.parseDouble(fields[11])
                + Double.parseDouble(fields[12])
                + Double.parseDouble(fields[13])
                + Double.parseDouble(fields[14]));
    }

    private static Optional<Double> memory(long id) {
        return read(id, "smaps_rollup")
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith("Pss:"))
                        .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1_024)
                        .findFirst());
    }

    /// The fields of `stat` from the state on: the name before it may hold spaces.
    private static Optional<String[]> stat(long id) {
        return read(id, "stat")
                .map(text -> text.substring(text.lastIndexOf(')') + 2).split(" "));
    }

    /// Empty when the process has ended, or is not ours to look at.
    private static Optional<String> read(long id, String file) {
        try {
            return Optional.of(Files.readString(PROC.resolve(Long.toString(id)).resolve(file)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
