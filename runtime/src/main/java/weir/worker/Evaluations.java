package weir.worker;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import weir.eval.Datetimes;
import weir.eval.Draws;
import weir.eval.Evaluation;
import weir.eval.Extent;
import weir.eval.Frame;
import weir.eval.Program;
import weir.eval.Programs;
import weir.eval.RuleProgram;
import weir.eval.Scope;
import weir.eval.Scripts;
import weir.graph.Expr;
import weir.graph.Library;
import weir.graph.Node;
import weir.graph.RuleSet;
import weir.source.Span;
import weir.value.RecordValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Expressions that belong to no run: what triggers say, and rule sets that are asked by themselves.
public final class Evaluations {
    private final RecordValue settings;
    private final Scripts scripts;
    private final Draws draws;
    private final Map<Integer, RuleProgram> decisions = new ConcurrentHashMap<>();

    public Evaluations(RecordValue settings, Scripts scripts, InstantSource clock) {
        this.settings = settings;
        this.scripts = scripts;
        RandomGenerator random = new SecureRandom();
        this.draws = what -> switch (what) {
            case NOW -> Value.of(Datetimes.text(clock.instant()));
            case UUID -> Value.of(UUID.randomUUID().toString());
            case RANDOM -> Value.of(random.nextDouble());
        };
    }

    /// @param draws where `now()`, `uuid()` and `random()` come from
    public Evaluations(RecordValue settings, Scripts scripts, Draws draws) {
        this.settings = settings;
        this.scripts = scripts;
        this.draws = draws;
    }

    /// What the expressions of one version share.
    public Programs programs(Library library) {
        return new Programs(library, settings, scripts);
    }

    /// A compiled expression with the names that it may use, in the order of their values.
    public record Prepared(Program program, int names) {}

    /// @param names what is in scope besides the library
    public static Prepared prepare(Programs programs, Expr expr, List<String> names) {
        var scope = new Scope(null);
        names.forEach(scope::declare);
        return new Prepared(programs.compile(expr, scope), names.size());
    }

    /// A condition: whether the value counts as true, as JavaScript has it.
    public static Prepared condition(Programs programs, Expr expr, List<String> names) {
        var at = expr.at();
        var not = new Expr.Unary(Expr.UnaryOperator.NOT, expr, at);
        return prepare(programs, new Expr.Unary(Expr.UnaryOperator.NOT, not, at), names);
    }

    /// The expressions of `with { … }`, with `event` in scope.
    public static Map<String, Prepared> with(Programs programs, List<Node.Argument> arguments) {
        var with = new LinkedHashMap<String, Prepared>();
        arguments.forEach(argument -> with.put(argument.name(), prepare(programs, argument.value(), List.of("event"))));
        return with;
    }

    /// @throws weir.eval.EvaluationError when it fails
    public Value evaluate(Prepared prepared, Value... values) {
        var frame = new Frame(null, prepared.names);
        for (int i = 0; i < values.length; i++) {
            frame.set(i, values[i]);
        }
        return prepared.program.run(frame, evaluation());
    }

    private Evaluation evaluation() {
        return new Evaluation(draws, scripts.budget());
    }

    /// The values of `with { … }` by the names of the parameters; undefined ones are left out.
    public RecordValue arguments(Map<String, Prepared> with, Value event) {
        var input = RecordValue.builder();
        with.forEach((name, prepared) -> {
            var value = evaluate(prepared, event);
            if (value != UndefinedValue.UNDEFINED) {
                input.put(name, value);
            }
        });
        return input.build();
    }

    /// @param version the rule set's version in the store
    /// @param input fits the rule set's parameters
    /// @throws weir.eval.EvaluationError when several rows disagree or a condition fails
    public RuleProgram.Outcome decide(int version, Library library, RuleSet set, RecordValue input) {
        var program = decisions.computeIfAbsent(version, id -> programs(library).rules(set.name()));
        var arguments = set.parameters().stream()
                .map(parameter -> {
                    Value given = input.get(parameter.name());
                    return given == null ? UndefinedValue.UNDEFINED : given;
                })
                .toList();
        var evaluation = evaluation();
        var outcome = program.decide(arguments, evaluation);
        Extent.require(outcome.value(), evaluation, Span.NONE);
        return outcome;
    }
}
