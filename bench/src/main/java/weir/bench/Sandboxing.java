package weir.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import weir.eval.EvaluationError;
import weir.eval.Scripts;
import weir.sandbox.Limits;
import weir.sandbox.ProcessOptions;
import weir.sandbox.Processes;
import weir.sandbox.Sandbox;
import weir.sandbox.Tenants;
import weir.value.Json;
import weir.value.Value;

/// Small mappings a second in the JavaScript sandbox, from one caller and from many: in threads of this process, and
/// across the border of another one; alone, and while another organisation attacks.
final class Sandboxing {
    private static final int HONEST = 1;
    private static final int HOSTILE = 2;
    private static final int STOPPED = 3;
    private static final List<Integer> CALLERS = List.of(1, 8, 64);

    private static final String MAPPING =
            "return { id: o.id, total: o.lines.reduce((a, l) => a + l.qty * l.price, 0) }";
    private static final Value ORDER = Json.read("""
            {"id":"o-17","customer":{"name":"Ada","country":"GB"},"lines":[
            {"sku":"a","qty":2,"price":9.5},{"sku":"b","qty":1,"price":20},{"sku":"c","qty":3,"price":4}]}
            """);
    private static final String RIGHT = "{\"id\":\"o-17\",\"total\":51}";

    private final Options options;
    private final Report report = new Report("sandbox");

    private Sandboxing(Options options) {
        this.options = options;
    }

    static Report run(Options options) throws IOException, InterruptedException {
        var bench = new Sandboxing(options);
        try (var threads = new Sandbox(Limits.STANDARD)) {
            bench.measure("threads", threads);
        }
        long start = System.nanoTime();
        try (var processes = new Processes(Limits.STANDARD, ProcessOptions.STANDARD)) {
            map(processes.of(HONEST));
            bench.report.put("process_start_ms", (System.nanoTime() - start) / 1e6);
            bench.report.put("process_pss_mib", largestChild());
            bench.measure("processes", processes);
            processes.counts().ended().forEach((why, count) -> bench.report.put("processes_ended_" + why, count));
        }
        return bench.report;
    }

    private void measure(String mode, Tenants tenants) throws IOException, InterruptedException {
        var callers = options.clients().isPresent() ? List.of(options.clients().getAsInt()) : CALLERS;
        for (int count : callers) {
            report.stage(stage(mode, count, tenants.of(HONEST)));
        }
        if (tenants instanceof Sandbox sandbox) {
            measureSteps(sandbox);
        }
        Stops.measure(mode, Attacks.cases(options.root()), tenants.of(STOPPED), report);
        double before = heap();
        try (var attacks = new Attacks(options.root(), tenants.of(HOSTILE))) {
            var stage = stage(mode + ", attacked", 8, tenants.of(HONEST));
            report.stage(stage.with("attacks", attacks.made()));
        }
        report.put(mode + "_heap_before_attacks_mib", before);
        report.put(mode + "_heap_after_attacks_mib", heap());
        if (tenants instanceof Sandbox sandbox) {
            var counts = sandbox.counts();
            report.put("threads_afterwards", counts.threads());
            report.put("worlds_afterwards", counts.worlds());
            report.put("waiting_afterwards", counts.waiting());
        }
    }

    static String map(Scripts scripts) {
        return Json.text(scripts.run(MAPPING, List.of("o"), List.of(ORDER)));
    }

    /// Times of the processor, of scripts on their thread alone, which others on this machine disturb least.
    private void measureSteps(Sandbox sandbox) throws IOException {
        var large = Json.read(new Inputs(options.root()).largeOrder());
        for (var document : Map.of("small", ORDER, "5_kb", large).entrySet()) {
            for (var script :
                    Map.of("trivial", "return o.id", "mapping", MAPPING).entrySet()) {
                long until = System.nanoTime() + options.warmUp().toNanos();
                repeat(sandbox, script.getValue(), document.getValue(), until);
                long cpu = scriptNanos();
                until = System.nanoTime() + options.window().toNanos();
                long count = repeat(sandbox, script.getValue(), document.getValue(), until);
                String name = script.getKey() + "_" + document.getKey() + "_per_cpu_second";
                report.put(name, Math.round(count * 1e9 / (scriptNanos() - cpu)));
            }
        }
    }

    private static long repeat(Scripts scripts, String body, Value document, long until) {
        long count = 0;
        while (System.nanoTime() - until < 0) {
            var _ = scripts.run(body, List.of("o"), List.of(document));
            count++;
        }
        return count;
    }

    /// What all threads that run scripts have used of the processor.
    private static long scriptNanos() {
        var beans = ManagementFactory.getThreadMXBean();
        var threads = new Thread[1_000];
        int count = Thread.enumerate(threads);
        return IntStream.range(0, count)
                .filter(i -> threads[i].getName().equals("script"))
                .mapToLong(i -> beans.getThreadCpuTime(threads[i].threadId()))
                .sum();
    }

    /// What one caller saw.
    private static final class Caller {
        private final Histogram latency = new Histogram();
        private final Map<String, Long> wrong = new TreeMap<>();

        void call(Scripts scripts, long until) {
            for (long before = System.nanoTime(); before - until < 0; ) {
                String answer;
                try {
                    answer = map(scripts);
                } catch (EvaluationError error) {
                    answer = error.code();
                }
                long now = System.nanoTime();
                if (answer.equals(RIGHT)) {
                    latency.record(now - before);
                } else {
                    wrong.merge(answer, 1L, Long::sum);
                }
                before = now;
            }
        }
    }

    private Stage stage(String mode, int count, Scripts scripts) throws InterruptedException {
        call(count, scripts, options.warmUp());
        double cpu = cpuSeconds();
        long start = System.nanoTime();
        var callers = call(count, scripts, options.window());
        double seconds = (System.nanoTime() - start) / 1e9;
        var latency = new Histogram();
        var wrong = new TreeMap<String, Long>();
        for (var caller : callers) {
            latency.add(caller.latency);
            caller.wrong.forEach((what, times) -> wrong.merge(what, times, Long::sum));
        }
        var stage = new Stage(mode, count, seconds, latency.total(), latency, wrong);
        return stage.with("cpu_us_each", (cpuSeconds() - cpu) * 1e6 / Math.max(1, latency.total()));
    }

    private static List<Caller> call(int count, Scripts scripts, Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        var callers = IntStream.range(0, count).mapToObj(i -> new Caller()).toList();
        var threads = new ArrayList<Thread>();
        for (var caller : callers) {
            threads.add(Thread.ofPlatform().start(() -> caller.call(scripts, until)));
        }
        for (var thread : threads) {
            thread.join();
        }
        return callers;
    }

    /// What is alive, in MiB.
    private static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_048_576.0;
    }

    /// Of this process and those that it has; where some ended meanwhile, theirs is missing.
    private static double cpuSeconds() {
        var own = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double children = ProcessHandle.current()
                .children()
                .mapToDouble(child ->
                        child.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
                .sum();
        return own.getProcessCpuTime() / 1e9 + children;
    }

    /// The memory of the largest of our processes in MiB, shared pages counted in proportion; 0 where the system
    /// does not tell.
    private static double largestChild() throws IOException {
        double largest = 0;
        for (var child : ProcessHandle.current().children().toList()) {
            Path file = Path.of("/proc", Long.toString(child.pid()), "smaps_rollup");
            if (Files.isReadable(file)) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("Pss:")) {
                        largest = Math.max(largest, Double.parseDouble(line.replaceAll("\\D", "")) / 1_024);
                    }
                }
            }
        }
        return largest;
    }
}
