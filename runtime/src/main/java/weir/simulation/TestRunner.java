package weir.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Plan;
import weir.engine.RunError;
import weir.eval.EvaluationError;
import weir.eval.Fitting;
import weir.eval.Frame;
import weir.eval.Programs;
import weir.eval.Scope;
import weir.eval.Scripts;
import weir.graph.Expr;
import weir.graph.Graph;
import weir.graph.Library;
import weir.graph.TestCase;
import weir.graph.TestCase.Expectation;
import weir.graph.TestCase.Target;
import weir.simulation.MockWorld.Call;
import weir.simulation.TestReport.Failure;
import weir.source.Source;
import weir.source.Span;
import weir.value.BooleanValue;
import weir.value.Crossing;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Runs `test` blocks: without network, in virtual time, always in the same way.
public final class TestRunner {
    /// When every test begins.
    public static final Instant START = Instant.parse("2026-01-01T00:00:00.000Z");

    private static final UUID RUN = UUID.fromString("01940000-0000-7000-8000-000000000000");
    private static final long SEED = 1;

    private final Source source;
    private final List<Graph> graphs;
    private final Library library;
    private final RecordValue settings;
    private final Scripts scripts;

    /// @param source the text of the file
    /// @param library the whole file's
    /// @param settings what the environment gives to `settings` declarations
    public TestRunner(Source source, Library library, List<Graph> graphs, RecordValue settings, Scripts scripts) {
        this.source = source;
        this.graphs = List.copyOf(graphs);
        this.library = library;
        this.settings = settings;
        this.scripts = scripts;
    }

    public TestReport run(TestCase test) {
        return new Running(test).report();
    }

    /// One test under way.
    private final class Running {
        private final TestCase test;
        private final Expressions expressions = new Expressions(new Programs(library, settings, scripts));
        private final List<Failure> failures = new ArrayList<>();
        private Duration virtualTime = Duration.ZERO;
        private List<Call> calls = List.of();

        Running(TestCase test) {
            this.test = test;
        }

        TestReport report() {
            var start = test.run();
            Optional<Graph> graph = start == null
                    ? Optional.empty()
                    : graphs.stream()
                            .filter(one -> one.workflow().equals(start.workflow()))
                            .findFirst();
            if (start == null || graph.isEmpty()) {
                fail("the test runs no workflow", test.at());
            } else if (!test.events().isEmpty()) {
                fail(
                        "`after … emit` is not available yet",
                        test.events().getFirst().at());
            } else {
                run(start, graph.get());
            }
            return new TestReport(test.title(), test.at(), failures, virtualTime, calls.size());
        }

        private void run(TestCase.Run start, Graph graph) {
            try {
                var given = given();
                var unfit = new Programs(library, given, scripts).unfitSettings();
                if (!unfit.isEmpty()) {
                    fail("say `settings { … }` in the test: " + unfit.getFirst(), start.at());
                    return;
                }
                var plan = Plan.of(graph, given, scripts, source);
                var input = input(start, graph);
                if (input == null) {
                    return;
                }
                var mocks = test.mocks().stream()
                        .map(mock -> new Mocked(mock, expressions, library))
                        .toList();
                var world = new MockWorld(plan, mocks, START);
                calls = world.calls();
                var run = new LocalRun(plan, RUN, SEED, input, world, frame -> {});
                run.go();
                virtualTime = Duration.between(START, world.now());
                judge(start, run);
            } catch (MockWorld.NotMocked call) {
                fail(String.valueOf(call.getMessage()), call.at());
            } catch (EvaluationError e) {
                fail(e.sentence(), e.at());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail("the test was interrupted", test.at());
            }
        }

        /// The settings: what the test says, else what the environment gives.
        private RecordValue given() {
            if (test.settings() == null) {
                return settings;
            }
            return RecordValue.builder()
                    .putAll(settings)
                    .putAll((RecordValue) Crossing.of(expressions.value(test.settings())))
                    .build();
        }

        private @Nullable RecordValue input(TestCase.Run start, Graph graph) {
            var input = RecordValue.builder();
            for (var argument : start.arguments()) {
                var value = Crossing.of(expressions.value(argument.value()));
                for (var parameter : graph.parameters()) {
                    if (parameter.name().equals(argument.name())) {
                        var fitted = Fitting.fit(value, parameter.type(), library, parameter.name());
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

        private void judge(TestCase.Run start, LocalRun run) {
            var problem = problem(run);
            boolean expected = test.expectations().stream().anyMatch(Expectation.Fails.class::isInstance);
            if (problem != null && !expected) {
                failed("the run failed: " + sentence(problem), details(problem), start.at());
            }
            for (var expectation : test.expectations()) {
                try {
                    judge(expectation, run, problem);
                } catch (EvaluationError e) {
                    if (problem == null || expected) {
                        fail(e.sentence(), e.at());
                    }
                }
            }
        }

        private static @Nullable RunError problem(LocalRun run) {
            var ended = run.state().ended();
            if (ended != null) {
                return ended.error();
            }
            return run.view().error();
        }

        private void judge(Expectation expectation, LocalRun run, @Nullable RunError problem) {
            switch (expectation) {
                case Expectation.Holds(Expr condition, Span at) -> holds(condition, at, run);
                case Expectation.Called called -> called(called);
                case Expectation.NeverCalled(Target target, Span at) -> {
                    long count =
                            calls.stream().filter(call -> call.isOf(target)).count();
                    if (count > 0) {
                        fail("expected no call of " + name(target) + ", got " + count, at);
                    }
                }
                case Expectation.Fails(@Nullable Expr message, Span at) -> {
                    if (problem == null) {
                        fail("expected the run to fail, but it succeeded", at);
                    } else if (message != null) {
                        String text = text(expressions.value(message));
                        if (!sentence(problem).contains(text)) {
                            fail("expected a failure with " + quoted(text) + ", got: " + sentence(problem), at);
                        }
                    }
                }
            }
        }

        private void holds(Expr condition, Span at, LocalRun run) {
            var scope = new Scope(run.state().plan().scope());
            var frame = new Frame(run.state().values(), 1);
            var ended = run.state().ended();
            var result = ended == null ? null : ended.output();
            frame.set(scope.declare("result"), result == null ? UndefinedValue.UNDEFINED : result);
            if (expressions.value(condition, scope, frame) != BooleanValue.TRUE) {
                failed(
                        "expected `" + source.text(condition.at()) + "`",
                        Explanation.of(condition, source, expressions, scope, frame),
                        at);
            }
        }

        private void called(Expectation.Called called) {
            var found =
                    calls.stream().filter(call -> call.isOf(called.target())).toList();
            int times = expressions.value(called.times()) instanceof NumberValue(double number) ? (int) number : -1;
            if (found.size() != times) {
                failed(
                        "expected " + count(times) + " of " + name(called.target()) + ", got " + found.size(),
                        calls.stream()
                                .map(call -> "called: " + call)
                                .distinct()
                                .limit(10)
                                .toList(),
                        called.at());
                return;
            }
            if (called.with() == null) {
                return;
            }
            var expected = Differences.shown(Crossing.of(expressions.value(called.with())));
            List<String> closest = List.of();
            for (var call : found) {
                var differences = Differences.from(expected, call.arguments());
                if (differences.isEmpty()) {
                    return;
                }
                closest = closest.isEmpty() || differences.size() < closest.size() ? differences : closest;
            }
            failed("no call of " + name(called.target()) + " had these arguments", closest, called.at());
        }

        private void fail(String message, Span at) {
            failed(message, List.of(), at);
        }

        private void failed(String message, List<String> details, Span at) {
            failures.add(new Failure(message, details, at));
        }
    }

    private static String count(int times) {
        return times == 1 ? "1 call" : times + " calls";
    }

    private static String sentence(RunError problem) {
        return problem.message();
    }

    private static List<String> details(RunError problem) {
        var details = new ArrayList<String>();
        details.add("code " + problem.code());
        if (problem.step() != null) {
            details.add("in step `" + problem.step() + "`"
                    + (problem.attempts() > 1 ? " after " + problem.attempts() + " attempts" : ""));
        }
        if (problem.body() != null && problem.body() != NullValue.NULL) {
            details.add("body " + Differences.text(problem.body()));
        }
        return details;
    }

    private static String name(Target target) {
        return switch (target) {
            case Target.Step(String name) -> "step `" + name + "`";
            case Target.Action(String integration, String action) -> "`" + integration + "." + action + "`";
            case Target.Ask _ -> "`ask`";
            case Target.WaitFor _ -> "`wait for`";
            case Target.Emit _ -> "`emit`";
            case Target.Workflow(String name) -> "the workflow `" + name + "`";
        };
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String text(Value value) {
        return value instanceof StringValue(String text) ? text : Differences.text(value);
    }
}
