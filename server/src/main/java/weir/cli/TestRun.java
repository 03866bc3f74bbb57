package weir.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import weir.cli.TestResults.Result;
import weir.compile.Compiled;
import weir.graph.TestCase;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.simulation.Coverage;
import weir.simulation.Points;
import weir.simulation.TestRunner;
import weir.simulation.Trace;
import weir.source.Source;
import weir.value.RecordValue;

/// Runs the tests of texts: several at once, told in the order of the texts.
final class TestRun {
    private static final int MOST_AT_ONCE = 8;

    private final RecordValue settings;
    private final String only;
    private final boolean covering;

    /// @param only tests whose title holds these words
    /// @param covering whether it is to be found out what the tests reach
    TestRun(RecordValue settings, String only, boolean covering) {
        this.settings = settings;
        this.only = only;
        this.covering = covering;
    }

    /// A text without errors.
    ///
    /// @param used the files that it uses
    record Unit(Source source, Compiled compiled, Used used) {}

    record Outcome(List<Result> results, List<Coverage> coverage) {}

    private record Traced(Result result, Trace trace) {}

    /// @param teller hears each result in order, as soon as those before it are there
    Outcome of(List<Unit> units, Consumer<Result> teller) throws InterruptedException {
        int atOnce = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_AT_ONCE);
        try (var sandbox = new Sandbox(Limits.STANDARD);
                var threads = Executors.newFixedThreadPool(atOnce)) {
            List<List<Future<Traced>>> begun = new ArrayList<>();
            for (var unit : units) {
                begun.add(threads(unit, sandbox).stream().map(threads::submit).toList());
            }
            List<Result> results = new ArrayList<>();
            List<List<Trace>> traces = new ArrayList<>();
            for (var futures : begun) {
                var own = new ArrayList<Trace>();
                for (var future : futures) {
                    var traced = get(future);
                    teller.accept(traced.result());
                    results.add(traced.result());
                    own.add(traced.trace());
                }
                traces.add(own);
            }
            return new Outcome(results, covering ? coverage(units, traces) : List.of());
        }
    }

    private List<Callable<Traced>> threads(Unit unit, Sandbox sandbox) {
        var compiled = unit.compiled();
        var runner = new TestRunner(
                unit.source(), compiled.library(), compiled.graphs(), settings, sandbox, unit.used()::workflow);
        return compiled.tests().stream()
                .filter(test -> test.title().contains(only))
                .<Callable<Traced>>map(test -> () -> one(unit, runner, test))
                .toList();
    }

    private Traced one(Unit unit, TestRunner runner, TestCase test) {
        long start = System.nanoTime();
        var trace = new Trace(unit.compiled().own());
        var report = covering ? runner.run(test, trace) : runner.run(test);
        return new Traced(new Result(unit.source(), report, (System.nanoTime() - start) / 1e9), trace);
    }

    /// Of each text, and of each file that they use: what the tests of all of them reach.
    private static List<Coverage> coverage(List<Unit> units, List<List<Trace>> traces) {
        Map<String, Covered> files = new LinkedHashMap<>();
        for (int i = 0; i < units.size(); i++) {
            var unit = units.get(i);
            files.put(unit.source().name(), new Covered(unit.source(), unit.compiled(), true, traces.get(i)));
        }
        for (int i = 0; i < units.size(); i++) {
            for (var file : units.get(i).used().sound()) {
                var source = file.source();
                var covered = files.computeIfAbsent(
                        source.name(), name -> new Covered(source, file.compiled(), false, new ArrayList<>()));
                traces.get(i).forEach(trace -> covered.traces.add(trace.within(source)));
            }
        }
        return files.values().stream()
                .filter(file -> file.tested || file.isAnything())
                .map(Covered::coverage)
                .toList();
    }

    /// @param tested whether it was asked for, and is not only used
    private record Covered(Source source, Compiled compiled, boolean tested, List<Trace> traces) {
        Coverage coverage() {
            var own = compiled.own();
            // The functions of a file that is only used run as a part of the text that uses it.
            var functions = tested ? own : Set.<String>of();
            return Points.of(source, compiled.graphs(), compiled.library(), own, functions, traces);
        }

        boolean isAnything() {
            return !coverage().points().isEmpty();
        }
    }

    private static Traced get(Future<Traced> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a test could not be run", defect.getCause());
        }
    }
}
