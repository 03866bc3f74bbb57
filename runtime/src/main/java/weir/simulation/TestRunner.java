package weir.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.engine.Plan;
import weir.eval.Datetimes;
import weir.eval.Draws;
import weir.eval.EvaluationError;
import weir.eval.Fitting;
import weir.eval.Programs;
import weir.eval.Scripts;
import weir.graph.Graph;
import weir.graph.Library;
import weir.graph.TestCase;
import weir.simulation.TestReport.Detail;
import weir.simulation.TestReport.Failure;
import weir.source.Source;
import weir.source.Span;
import weir.value.Crossing;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Evaluations;

/// Runs `test` blocks: without network, in virtual time, always in the same way. May be used by several threads.
public final class TestRunner {
    /// When every test begins.
    public static final Instant START = Instant.parse("2026-01-01T00:00:00.000Z");

    private static final UUID RUN = UUID.fromString("01940000-0000-7000-8000-000000000000");
    private static final long SEED = 1;

    private final Source source;
    private final Map<String, Graph> graphs;
    private final Library library;
    private final RecordValue settings;
    private final Scripts scripts;
    private final Function<String, Optional<Used>> used;

    /// A workflow of a used file.
    ///
    /// @param source what it stands in
    public record Used(Graph graph, Source source) {}

    /// @param source the text of the file
    /// @param library the whole file's
    /// @param settings what the environment gives to `settings` declarations
    public TestRunner(Source source, Library library, List<Graph> graphs, RecordValue settings, Scripts scripts) {
        this(source, library, graphs, settings, scripts, name -> Optional.empty());
    }

    /// @param used workflows of the files that the file uses, by name
    public TestRunner(
            Source source,
            Library library,
            List<Graph> graphs,
            RecordValue settings,
            Scripts scripts,
            Function<String, Optional<Used>> used) {
        this.used = used;
        this.source = source;
        this.graphs = graphs.stream().collect(Collectors.toMap(Graph::workflow, graph -> graph));
        this.library = library;
        this.settings = settings;
        this.scripts = scripts;
    }

    public TestReport run(TestCase test) {
        return new Running(test, null).report();
    }

    /// @param trace takes in what the test reaches
    public TestReport run(TestCase test, Trace trace) {
        return new Running(test, trace).report();
    }

    /// @param over hears the run when it is over
    TestReport run(TestCase test, Consumer<LocalRun> over) {
        var running = new Running(test, null);
        running.over = over;
        return running.report();
    }

    /// The same, while the process is killed.
    ///
    /// @param over hears the run when it is over
    /// @param repeated hears what was called again
    TestReport run(TestCase test, Kills kills, Consumer<LocalRun> over, Consumer<MockWorld.Repetition> repeated) {
        var running = new Running(test, null);
        running.kills = kills;
        running.over = over;
        running.repeated = repeated;
        return running.report();
    }

    /// One test under way.
    private final class Running {
        private final TestCase test;
        private final @Nullable Trace trace;
        private final RecordValue given;
        private final Programs programs;
        private final TestFiles files;
        private final Expressions expressions;
        private final Map<String, Plan> plans = new HashMap<>();
        private final List<Failure> failures = new ArrayList<>();
        private Duration virtualTime = Duration.ZERO;
        private List<Call> calls = List.of();
        private Consumer<LocalRun> over = run -> {};
        private Kills kills = Kills.none();
        private Consumer<MockWorld.Repetition> repeated = call -> {};

        Running(TestCase test, @Nullable Trace trace) {
            this.test = test;
            this.trace = trace;
            this.given = given(test);
            this.programs = new Programs(library, given, scripts);
            this.expressions = new Expressions(programs);
            this.files = new TestFiles(expressions, library);
        }

        TestReport report() {
            var start = test.run();
            if (start == null) {
                fail("the test runs no workflow", test.at());
            } else {
                try {
                    run(start);
                } catch (MockWorld.Stopped stopped) {
                    fail(
                            String.valueOf(stopped.getMessage()),
                            stopped.at().equals(Span.NONE) ? start.at() : stopped.at());
                } catch (EvaluationError e) {
                    fail(e.sentence(), e.at());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    fail("the test was interrupted", test.at());
                }
            }
            int actions = (int) calls.stream()
                    .filter(call -> call.callee() instanceof Call.Callee.Action)
                    .count();
            return new TestReport(test.title(), test.at(), failures, virtualTime, actions);
        }

        private void run(TestCase.Run start) throws InterruptedException {
            var unfit = programs.unfitSettings();
            if (!unfit.isEmpty()) {
                fail("say `settings { … }` in the test: " + unfit.getFirst(), start.at());
                return;
            }
            var plan = child(start.workflow()).orElse(null);
            if (plan == null) {
                fail("there is no workflow `" + start.workflow() + "` to run", start.at());
                return;
            }
            var graph = plan.graph();
            var input = input(start, graph);
            if (input == null) {
                return;
            }
            var steps = steps(plan);
            var mocks = test.mocks().stream()
                    .map(mock -> new Mocked(
                            mock,
                            Subject.of(mock.target(), expressions, graph.workflow(), steps),
                            expressions,
                            library,
                            files))
                    .toList();
            var world = new MockWorld(mocks, files, name -> child(name).isPresent(), chains(), START);
            calls = world.calls();
            for (var event : test.events()) {
                world.schedule(
                        duration(event),
                        expressions.text(event.event()),
                        event.payload() == null ? NullValue.NULL : Crossing.of(expressions.value(event.payload())));
            }
            var runs = new LocalRuns(world, this::child, this::heard);
            var run = runs.start(plan, RUN, SEED, input, null);
            runs.kill(kills);
            runs.go();
            world.repetitions().forEach(repeated);
            virtualTime = Duration.between(START, world.now());
            if (run.isOver()) {
                over.accept(run);
                failures.addAll(new Judge(source, expressions, run, steps, calls).of(test, start.at()));
                runs.startedByEvents().forEach(other -> started(other, start.at()));
            }
            if (!run.isOver() || !runs.waiting().isEmpty()) {
                stuck(runs.waiting(), start.at());
            }
        }

        /// The workflows of the file that events start, if the test speaks of them.
        private EventChains chains() {
            var drawing = new Random(SEED);
            Draws draws = what -> switch (what) {
                case NOW -> Value.of(Datetimes.text(START));
                case UUID -> Value.of(new UUID(drawing.nextLong(), drawing.nextLong()).toString());
                case RANDOM -> Value.of(drawing.nextDouble());
            };
            var chains = new EventChains(new Evaluations(given, scripts, draws));
            graphs.values().stream()
                    .filter(graph -> EventChains.speaksOf(test, graph.workflow()))
                    .sorted(Comparator.comparing(Graph::workflow))
                    .forEach(graph -> chains.add(plan(graph)));
            return chains;
        }

        private void started(LocalRun other, Span at) {
            var error = other.view().error();
            if (error != null) {
                String workflow = other.plan().graph().workflow();
                fail("the run of `" + workflow + "` that an event started failed: " + error.message(), at);
            }
        }

        private void heard(LocalRun run, weir.engine.Frame frame) {
            if (trace != null) {
                trace.heard(run, frame);
            }
        }

        private Duration duration(TestCase.Event event) {
            return expressions.value(event.after()) instanceof NumberValue(double ms)
                    ? Duration.ofMillis((long) ms)
                    : Duration.ZERO;
        }

        /// A workflow that may run as a child: of the file, or of a file that it uses.
        private Optional<Plan> child(String name) {
            var graph = graphs.get(name);
            if (graph != null) {
                return Optional.of(plan(graph));
            }
            return used.apply(name)
                    .map(found -> plans.computeIfAbsent(
                            name,
                            first -> plan(
                                    found.graph(),
                                    found.source(),
                                    trace == null ? null : trace.within(found.source()))));
        }

        private Plan plan(Graph graph) {
            return plans.computeIfAbsent(graph.workflow(), name -> plan(graph, source, trace));
        }

        private Plan plan(Graph graph, Source text, @Nullable Trace probe) {
            return Plan.of(graph, new Programs(graph.library(), given, scripts, probe), text);
        }

        private @Nullable RecordValue input(TestCase.Run start, Graph graph) {
            var input = RecordValue.builder();
            for (var argument : start.arguments()) {
                var value = Crossing.of(expressions.value(argument.value()));
                for (var parameter : graph.parameters()) {
                    if (parameter.name().equals(argument.name())) {
                        var whole = files.withFiles(value, parameter.type(), parameter.name());
                        var fitted = Fitting.fit(whole, parameter.type(), library, parameter.name());
                        if (!fitted.fits()) {
                            fail("the argument does not fit: " + fitted.sentence(), start.at());
                            return null;
                        }
                        input.put(argument.name(), fitted.value());
                    }
                }
            }
            return input.build();
        }

        /// Why the run does not come to an end.
        private void stuck(List<Waiting> waiting, Span start) {
            for (var wait : waiting) {
                switch (wait.kind()) {
                    case EVENT ->
                        failed(
                                wait.ignored() != null
                                        ? "the run waits for ever: " + wait.ignored()
                                        : "the run waits for ever: nothing sends the event \"" + wait.what() + "\"",
                                "add `after 1h emit \"%s\" { … }` or `mock wait for \"%s\" returns { … }` to the test, or `up to` to the wait"
                                        .formatted(wait.what(), wait.what()),
                                wait.at());
                    case ANSWER ->
                        failed(
                                "the run waits for ever: nobody answers \"" + wait.what() + "\"",
                                "add `mock ask returns { approved: true }` to the test, or `up to` to the question",
                                wait.at());
                }
            }
            if (waiting.isEmpty()) {
                fail("the run waits for ever", start);
            }
        }

        private void fail(String message, Span at) {
            failures.add(new Failure(message, List.of(), at));
        }

        private void failed(String message, String advice, Span at) {
            failures.add(new Failure(message, List.of(new Detail.Note(advice)), at));
        }
    }

    /// The settings: what the test says, else what the environment gives.
    private RecordValue given(TestCase test) {
        if (test.settings() == null) {
            return settings;
        }
        var own = new Expressions(new Programs(library, settings, scripts)).value(test.settings());
        return RecordValue.builder()
                .putAll(settings)
                .putAll((RecordValue) Crossing.of(own))
                .build();
    }

    /// The names of its steps, questions, waits and children.
    private static Set<String> steps(Plan plan) {
        return plan.nodes().stream()
                .map(MockWorld::name)
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
