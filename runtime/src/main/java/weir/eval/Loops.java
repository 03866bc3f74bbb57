package weir.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Code of the methods of lists that take an arrow. The arrow's body runs right inside the loop.
final class Loops {
    static final Set<String> NAMES = Set.of(
            "every",
            "filter",
            "find",
            "findIndex",
            "findLast",
            "findLastIndex",
            "flatMap",
            "map",
            "reduce",
            "reduceRight",
            "some",
            "toSorted");

    private Loops() {}

    /// Any of them but the folds.
    static Code of(Calls.Receiver receiver, Lambda lambda, Span at) {
        return switch (receiver.name()) {
            case "map" -> new MapLoop(receiver, lambda, at);
            case "filter" -> new Filter(receiver, lambda, at);
            case "every" -> new Search(receiver, lambda, Search.Answer.EVERY, false, at);
            case "some" -> new Search(receiver, lambda, Search.Answer.SOME, false, at);
            case "find" -> new Search(receiver, lambda, Search.Answer.ITEM, false, at);
            case "findIndex" -> new Search(receiver, lambda, Search.Answer.INDEX, false, at);
            case "findLast" -> new Search(receiver, lambda, Search.Answer.ITEM, true, at);
            case "findLastIndex" -> new Search(receiver, lambda, Search.Answer.INDEX, true, at);
            case "flatMap" -> new FlatMap(receiver, lambda, at);
            case "toSorted" -> new Sort(receiver, lambda, at);
            default -> throw new IllegalArgumentException(receiver.name());
        };
    }

    abstract static class Loop extends Calls.Method {
        final Lambda lambda;

        Loop(Calls.Receiver receiver, Lambda lambda, Span at) {
            super(receiver, at);
            this.lambda = lambda;
        }

        abstract Value loop(ListValue list, Activation activation);

        @Override
        @Nullable
        Value invoke(Value self, Activation activation) {
            if (self instanceof ListValue list) {
                try {
                    return loop(list, activation);
                } catch (Failure failure) {
                    throw failure.at(at);
                }
            }
            if (isLeftOut(self)) {
                return null;
            }
            arguments(activation);
            throw noMethod(self);
        }

        /// Evaluates what is handed over besides the arrow: it is, before a missing method is noticed.
        void arguments(Activation activation) {}
    }

    static final class MapLoop extends Loop {
        MapLoop(Calls.Receiver receiver, Lambda lambda, Span at) {
            super(receiver, lambda, at);
        }

        @Override
        Value loop(ListValue list, Activation activation) {
            activation.evaluation.makeItems(list.size());
            var items = new Value[list.size()];
            for (int i = 0; i < items.length; i++) {
                activation.evaluation.spend(lambda.cost(), at);
                lambda.bindItem(0, list.get(i), i, list, activation);
                items[i] = lambda.body().run(activation);
            }
            return ListValue.owning(items);
        }
    }

    static final class Filter extends Loop {
        Filter(Calls.Receiver receiver, Lambda lambda, Span at) {
            super(receiver, lambda, at);
        }

        @Override
        Value loop(ListValue list, Activation activation) {
            var kept = new Value[list.size()];
            int count = 0;
            for (int i = 0; i < list.size(); i++) {
                activation.evaluation.spend(lambda.cost(), at);
                lambda.bindItem(0, list.get(i), i, list, activation);
                if (lambda.body().truth(activation)) {
                    kept[count++] = list.get(i);
                }
            }
            activation.evaluation.makeItems(count);
            return ListValue.owning(Arrays.copyOf(kept, count));
        }
    }

    /// `find…`, `some`, `every`.
    static final class Search extends Loop {
        enum Answer {
            ITEM,
            INDEX,
            SOME,
            EVERY
        }

        final Answer answer;
        final boolean backwards;

        Search(Calls.Receiver receiver, Lambda lambda, Answer answer, boolean backwards, Span at) {
            super(receiver, lambda, at);
            this.answer = answer;
            this.backwards = backwards;
        }

        @Override
        Value loop(ListValue list, Activation activation) {
            int found = index(list, activation);
            return switch (answer) {
                case ITEM -> found < 0 ? UndefinedValue.UNDEFINED : list.get(found);
                case INDEX -> new NumberValue(found);
                case SOME -> Value.of(found >= 0);
                case EVERY -> Value.of(found < 0);
            };
        }

        /// Whether it gives a truth value.
        boolean isTruth() {
            return answer == Answer.SOME || answer == Answer.EVERY;
        }

        private int index(ListValue list, Activation activation) {
            boolean wanted = answer != Answer.EVERY;
            for (int k = 0; k < list.size(); k++) {
                int i = backwards ? list.size() - 1 - k : k;
                activation.evaluation.spend(lambda.cost(), at);
                lambda.bindItem(0, list.get(i), i, list, activation);
                if (lambda.body().truth(activation) == wanted) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        boolean truth(Activation activation) {
            return Coercion.truth(run(activation));
        }
    }

    static final class FlatMap extends Loop {
        FlatMap(Calls.Receiver receiver, Lambda lambda, Span at) {
            super(receiver, lambda, at);
        }

        @Override
        Value loop(ListValue list, Activation activation) {
            var items = new ArrayList<Value>();
            for (int i = 0; i < list.size(); i++) {
                activation.evaluation.spend(lambda.cost(), at);
                lambda.bindItem(0, list.get(i), i, list, activation);
                var value = lambda.body().run(activation);
                if (value instanceof ListValue several) {
                    activation.evaluation.makeItems(several.size());
                    items.addAll(several.asList());
                } else {
                    items.add(value);
                }
            }
            activation.evaluation.makeItems(list.size());
            return ListValue.of(items);
        }
    }

    /// The JDK's sort, because the engine of the sandbox uses it, too: a comparison that contradicts itself (`a >
    /// b`) then gives the same order.
    static final class Sort extends Loop {
        Sort(Calls.Receiver receiver, Lambda lambda, Span at) {
            super(receiver, lambda, at);
        }

        @Override
        Value loop(ListValue list, Activation activation) {
            activation.evaluation.makeItems(2L * list.size());
            var items = list.asList().toArray(Value[]::new);
            try {
                Arrays.sort(items, (one, other) -> order(one, other, activation));
            } catch (IllegalArgumentException contradiction) {
                // The items are all there, in an order that is as good as any.
                return ListValue.owning(items);
            }
            return ListValue.owning(items);
        }

        /// Undefined comes last, and is not compared.
        private int order(Value one, Value other, Activation activation) {
            if (one == UndefinedValue.UNDEFINED || other == UndefinedValue.UNDEFINED) {
                return Boolean.compare(one == UndefinedValue.UNDEFINED, other == UndefinedValue.UNDEFINED);
            }
            return compare(one, other, activation);
        }

        private int compare(Value one, Value other, Activation activation) {
            activation.evaluation.spend(lambda.cost(), at);
            lambda.bind(0, one, activation);
            lambda.bind(1, other, activation);
            double order = lambda.body().number(activation);
            return order < 0 ? -1 : order > 0 ? 1 : 0;
        }
    }

    /// `reduce` and `reduceRight`: the arrow's first parameter is what came out so far.
    static final class Fold extends Loop {
        final @Nullable Code first;
        final boolean backwards;

        Fold(Calls.Receiver receiver, Lambda lambda, @Nullable Code first, boolean backwards, Span at) {
            super(receiver, lambda, at);
            this.first = first;
            this.backwards = backwards;
        }

        @Override
        void arguments(Activation activation) {
            if (first != null) {
                var _ = first.run(activation);
            }
        }

        @Override
        Value loop(ListValue list, Activation activation) {
            int size = list.size();
            int start = 0;
            Value result;
            if (first != null) {
                result = first.run(activation);
            } else if (size > 0) {
                result = list.get(backwards ? size - 1 : 0);
                start = 1;
            } else {
                throw empty();
            }
            for (int k = start; k < size; k++) {
                int i = backwards ? size - 1 - k : k;
                activation.evaluation.spend(lambda.cost(), at);
                lambda.bind(0, result, activation);
                lambda.bindItem(1, list.get(i), i, list, activation);
                result = lambda.body().run(activation);
            }
            return result;
        }

        static Failure empty() {
            return Failure.type("an empty list cannot be reduced without a first value");
        }
    }

    /// A fold whose results are all numbers.
    static final class NumericFold extends Loop {
        final Code first;
        final boolean backwards;
        final int sum;
        /// What each round adds, when that is all it does.
        final @Nullable Code added;

        /// @param sum where the arrow's first parameter lies among the numbers
        NumericFold(Calls.Receiver receiver, Lambda lambda, Code first, int sum, boolean backwards, Span at) {
            super(receiver, lambda, at);
            this.first = first;
            this.sum = sum;
            this.backwards = backwards;
            this.added = lambda.body() instanceof Operators.Sum body ? body.addedTo(sum) : null;
        }

        @Override
        Kind kind() {
            return Kind.NUMBER;
        }

        @Override
        void arguments(Activation activation) {
            var _ = first.run(activation);
        }

        @Override
        Value loop(ListValue list, Activation activation) {
            double result = first.number(activation);
            int size = list.size();
            for (int k = 0; k < size; k++) {
                int i = backwards ? size - 1 - k : k;
                activation.evaluation.spend(lambda.cost(), at);
                activation.numbers[sum] = result;
                lambda.bindItem(1, list.get(i), i, list, activation);
                result = added == null ? lambda.body().number(activation) : result + added.number(activation);
            }
            return new NumberValue(result);
        }
    }

    /// `Array.from(items, arrow)`.
    static final class From extends Code {
        final Code items;
        final Lambda lambda;

        From(Code items, Lambda lambda, Span at) {
            super(at);
            this.items = items;
            this.lambda = lambda;
        }

        @Override
        Value run(Activation activation) {
            var value = items.run(activation);
            try {
                var list = ObjectFunctions.items(value, activation.evaluation);
                var results = new Value[list.size()];
                for (int i = 0; i < results.length; i++) {
                    activation.evaluation.spend(lambda.cost(), at);
                    lambda.bind(0, list.get(i), activation);
                    lambda.bindNumber(1, i, activation);
                    results[i] = lambda.body().run(activation);
                }
                return ListValue.owning(results);
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }

    /// `Object.groupBy(items, arrow)`; the result is a record like any other.
    static final class GroupBy extends Code {
        final Code items;
        final Lambda lambda;

        GroupBy(Code items, Lambda lambda, Span at) {
            super(at);
            this.items = items;
            this.lambda = lambda;
        }

        @Override
        Value run(Activation activation) {
            var value = items.run(activation);
            try {
                var groups = new LinkedHashMap<String, List<Value>>();
                var list = new ArrayList<Value>();
                ListMethods.iterate(value, list::add, activation.evaluation);
                for (int i = 0; i < list.size(); i++) {
                    activation.evaluation.spend(lambda.cost(), at);
                    lambda.bind(0, list.get(i), activation);
                    lambda.bindNumber(1, i, activation);
                    var key = Coercion.text(lambda.body().run(activation));
                    groups.computeIfAbsent(key, name -> new ArrayList<>()).add(list.get(i));
                }
                var record = RecordValue.builder();
                groups.forEach((name, group) -> record.put(name, ListValue.of(group)));
                return record.build();
            } catch (Failure failure) {
                throw failure.at(at);
            }
        }
    }
}
