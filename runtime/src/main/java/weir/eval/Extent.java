package weir.eval;

import weir.source.Span;
import weir.value.BooleanValue;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// How much a value is when it is written out. An expression can make in a few steps what nobody can store:
/// `[a, a]` around itself thirty times is a small value of two billion items. So what leaves an evaluation is measured:
/// what stands in several places counts in each.
public final class Extent {
    private final Budget budget;
    private long left;

    private Extent(Budget budget) {
        this.budget = budget;
        this.left = budget.size();
    }

    /// @param at the place of the expression that made the value
    /// @throws EvaluationError `limit_size` or `limit_depth` when it cannot be written out
    public static void require(Value value, Evaluation evaluation, Span at) {
        if (value instanceof ListValue || value instanceof RecordValue) {
            try {
                new Extent(evaluation.budget()).take(value, 0);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    private void take(Value value, int depth) {
        switch (value) {
            case ListValue list -> {
                enter(list.size(), depth);
                for (int i = 0; i < list.size(); i++) {
                    take(list.get(i), depth + 1);
                }
            }
            case RecordValue record -> {
                enter(record.size(), depth);
                for (int i = 0; i < record.size(); i++) {
                    take(record.valueAt(i), depth + 1);
                }
            }
            case StringValue(String text) -> spend(text.length());
            case NullValue _, UndefinedValue _, BooleanValue _, NumberValue _, SecretValue _ -> {}
        }
    }

    private void enter(int items, int depth) {
        if (depth == Json.MAX_DEPTH) {
            throw new Failure(
                    "limit_depth",
                    "the result has lists and records in each other more than %,d deep (limit `value.depth`, which is"
                                    .formatted(Json.MAX_DEPTH)
                            + " fixed)");
        }
        spend(8L * items);
    }

    private void spend(long units) {
        left -= units;
        if (left < 0) {
            throw new Failure(
                    "limit_size",
                    "the result is more data than %,d, counting 1 for a character and 8 for an item, wherever it stands"
                                    .formatted(budget.size())
                            + Budget.told(Budget.Limit.SIZE));
        }
    }
}
