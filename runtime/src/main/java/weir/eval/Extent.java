package weir.eval;

import weir.source.Span;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.StringValue;
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

    /// A list or a record. Most of what is in them are leaves, for which nothing is called.
    private void take(Value value, int depth) {
        if (value instanceof RecordValue record) {
            int size = record.size();
            enter(size, depth);
            for (int i = 0; i < size; i++) {
                item(record.valueAt(i), depth);
            }
        } else if (value instanceof ListValue list) {
            int size = list.size();
            enter(size, depth);
            for (int i = 0; i < size; i++) {
                item(list.get(i), depth);
            }
        }
    }

    private void item(Value value, int depth) {
        if (value instanceof StringValue(String text)) {
            spend(text.length());
        } else if (value instanceof RecordValue || value instanceof ListValue) {
            take(value, depth + 1);
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
