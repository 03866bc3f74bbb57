package weir.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.engine.RunError;
import weir.eval.EvaluationError;
import weir.eval.Frame;
import weir.eval.Scope;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.TestCase;
import weir.graph.TestCase.Expectation;
import weir.graph.TestCase.Target;
import weir.simulation.TestReport.Detail;
import weir.simulation.TestReport.Failure;
import weir.source.Source;
import weir.source.Span;
import weir.value.BooleanValue;
import weir.value.Crossing;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Holds what a test expects against what its run did.
final class Judge {
    private static final int SHOWN_CALLS = 10;

    private final Source source;
    private final Expressions expressions;
    private final LocalRun run;
    private final Set<String> steps;
    private final List<Call> calls;
    private final List<Failure> failures = new ArrayList<>();

    /// @param steps the names of the steps of the workflow that ran
    Judge(Source source, Expressions expressions, LocalRun run, Set<String> steps, List<Call> calls) {
        this.source = source;
        this.expressions = expressions;
        this.run = run;
        this.steps = steps;
        this.calls = calls;
    }

    /// @return what does not hold, in the order of the test
    List<Failure> of(TestCase test, Span start) {
        var problem = problem();
        boolean expected = test.expectations().stream().anyMatch(Expectation.Fails.class::isInstance);
        if (problem != null && !expected) {
            failures.add(new Failure("the run failed: " + problem.message(), details(problem), start));
        }
        for (var expectation : test.expectations()) {
            try {
                judge(expectation, problem);
            } catch (EvaluationError e) {
                if (problem == null || expected) {
                    fail(e.sentence(), e.at());
                }
            }
        }
        return failures;
    }

    private @Nullable RunError problem() {
        var ended = run.state().ended();
        if (ended != null) {
            return ended.error();
        }
        return run.view().error();
    }

    private void judge(Expectation expectation, @Nullable RunError problem) {
        switch (expectation) {
            case Expectation.Holds(Expr condition, Span at) -> holds(condition, at);
            case Expectation.Called called -> called(called);
            case Expectation.NeverCalled(Target target, Span at) -> {
                var subject = subject(target);
                long count = calls.stream().filter(subject::covers).count();
                if (count > 0) {
                    fail("expected no call of " + subject + ", got " + count, at);
                }
            }
            case Expectation.Fails(@Nullable Expr message, Span at) -> {
                if (problem == null) {
                    fail("expected the run to fail, but it succeeded", at);
                } else if (message != null && !problem.message().contains(expressions.text(message))) {
                    failures.add(new Failure(
                            "expected a failure with \"" + expressions.text(message) + "\", got: " + problem.message(),
                            details(problem),
                            at));
                }
            }
        }
    }

    private Subject subject(Target target) {
        return Subject.of(target, expressions, run.plan().graph().workflow(), steps);
    }

    // ---- conditions

    private void holds(Expr condition, Span at) {
        var scope = new Scope(run.plan().scope());
        var frame = new Frame(run.state().values(), 1);
        var ended = run.state().ended();
        var result = ended == null ? null : ended.output();
        frame.set(scope.declare("result"), result == null ? UndefinedValue.UNDEFINED : result);
        if (!isTrue(condition, scope, frame)) {
            failures.add(new Failure(
                    "expected `" + source.text(condition.at()) + "`",
                    Explanation.of(condition, source, expressions, scope, frame),
                    at));
        }
    }

    /// In an expectation `===` compares records and lists by what is in them: that two are the very same one is
    /// nothing that anybody could expect.
    private boolean isTrue(Expr condition, Scope scope, Frame frame) {
        if (condition instanceof Expr.Binary(BinaryOperator operator, Expr left, Expr right, Span _)) {
            if (operator == BinaryOperator.EQUAL) {
                var a = expressions.value(left, scope, frame);
                var b = expressions.value(right, scope, frame);
                if (isComposed(a) && isComposed(b)) {
                    return Differences.between(Crossing.of(b), Crossing.of(a)).isEmpty();
                }
            }
        }
        return expressions.value(condition, scope, frame) == BooleanValue.TRUE;
    }

    private static boolean isComposed(Value value) {
        return value instanceof RecordValue || value instanceof ListValue;
    }

    // ---- calls

    private void called(Expectation.Called called) {
        var subject = subject(called.target());
        var found = calls.stream().filter(subject::covers).toList();
        int times = expressions.value(called.times()) instanceof NumberValue(double number) ? (int) number : -1;
        if (called.with() == null) {
            if (found.size() != times) {
                failures.add(new Failure(
                        "expected " + count(times) + " of " + subject + ", got " + found.size(), what(), called.at()));
            }
            return;
        }
        var expected = Differences.shown(Crossing.of(expressions.value(called.with())));
        List<Detail> closest = List.of();
        int matching = 0;
        for (var call : found) {
            var differences = Differences.from(expected, call.arguments());
            if (differences.isEmpty()) {
                matching++;
            } else {
                closest = closest.isEmpty() || differences.size() < closest.size() ? differences : closest;
            }
        }
        if (matching == times) {
            return;
        }
        if (found.isEmpty()) {
            failures.add(
                    new Failure("expected " + count(times) + " of " + subject + ", got none", what(), called.at()));
        } else if (matching == 0) {
            failures.add(new Failure("no call of " + subject + " had these arguments", closest, called.at()));
        } else {
            failures.add(new Failure(
                    "expected " + count(times) + " of " + subject + " with these arguments, got " + matching,
                    what(),
                    called.at()));
        }
    }

    /// What was called, in order, with how often.
    private List<Detail> what() {
        Map<String, Long> counts = calls.stream()
                .map(Call::toString)
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .limit(SHOWN_CALLS)
                .<Detail>map(entry -> new Detail.Note(
                        "called: " + entry.getKey() + (entry.getValue() > 1 ? ", " + entry.getValue() + " times" : "")))
                .toList();
    }

    private static String count(int times) {
        return times == 1 ? "1 call" : times + " calls";
    }

    private static List<Detail> details(RunError problem) {
        var details = new ArrayList<Detail>();
        details.add(new Detail.Note("code " + problem.code()));
        if (problem.step() != null) {
            details.add(new Detail.Note("in step `" + problem.step() + "`"
                    + (problem.attempts() > 1 ? " after " + problem.attempts() + " attempts" : "")));
        }
        if (problem.body() != null && problem.body() != NullValue.NULL) {
            details.add(new Detail.Note("body " + Differences.text(problem.body())));
        }
        return details;
    }

    private void fail(String message, Span at) {
        failures.add(new Failure(message, List.of(), at));
    }
}
