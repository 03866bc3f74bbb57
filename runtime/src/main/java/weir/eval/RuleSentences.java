package weir.eval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation.Fired;
import weir.graph.RuleSet;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.Value;

/// When/then rules, asked one after the other.
final class RuleSentences implements RuleProgram {
    private final RuleSet set;
    private final Unit unit;
    private final List<When> whens;
    private final @Nullable Code otherwise;

    record When(Code condition, Code result) {}

    RuleSentences(RuleSet set, Unit unit, List<When> whens, @Nullable Code otherwise) {
        this.set = set;
        this.unit = unit;
        this.whens = List.copyOf(whens);
        this.otherwise = otherwise;
    }

    @Override
    public Outcome decide(List<Value> arguments, Evaluation evaluation) {
        var activation = RuleCompiler.activation(set, unit, arguments, evaluation);
        var numbers = new ArrayList<Integer>();
        var results = new ArrayList<Value>();
        for (int i = 0; i < whens.size(); i++) {
            var when = whens.get(i);
            evaluation.spend(1, set.at());
            if (!when.condition.truth(activation)) {
                continue;
            }
            results.add(when.result.run(activation));
            numbers.add(i + 1);
            if (set.policy() == RuleSet.Policy.FIRST) {
                break;
            }
            if (set.policy() == RuleSet.Policy.UNIQUE && !results.getFirst().equals(results.getLast())) {
                throw RuleCompiler.conflict(set, numbers.getFirst(), numbers.getLast());
            }
        }
        if (numbers.isEmpty() && otherwise != null) {
            results.add(otherwise.run(activation));
            numbers.add(whens.size() + 1);
        }
        return outcome(numbers, results, evaluation);
    }

    private Outcome outcome(List<Integer> numbers, List<Value> results, Evaluation evaluation) {
        if (set.policy() == RuleSet.Policy.ALL) {
            evaluation.fired(new Fired(set.name(), List.copyOf(numbers)));
            return new Outcome(ListValue.of(results), numbers);
        }
        if (numbers.isEmpty()) {
            return new Outcome(NullValue.NULL, List.of());
        }
        var first = List.of(numbers.getFirst());
        evaluation.fired(new Fired(set.name(), first));
        return new Outcome(results.getFirst(), first);
    }

    /// Sentences have no time of their own.
    @Override
    public Outcome decide(List<Value> arguments, Evaluation evaluation, Instant asOf) {
        return decide(arguments, evaluation);
    }
}
