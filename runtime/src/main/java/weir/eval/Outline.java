package weir.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a tree of closures is laid out in methods: which of its nodes are emitted, which begin a method of their own so
/// that none grows too large for the JIT, and which stay closures that the emitted code calls.
final class Outline {
    /// Nodes in one method; about thirty bytes each, and the JIT leaves methods of more than 8000 alone.
    private static final int MOST_IN_METHOD = 120;
    /// What one method cannot do without being too large stays a closure.
    private static final int MOST_PARTS = 150;
    private static final int DEEPEST = 150;
    private static final int MOST_NODES = 4_000;

    private final Set<Code> closures = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Code> methods = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<Code, Boolean> callsClosures = new IdentityHashMap<>();
    private final IdentityHashMap<Code, Integer> weights = new IdentityHashMap<>();
    private final List<InlineCache> caches = new ArrayList<>();
    private int nodes;

    private Outline() {}

    /// The outline, or null when the tree is too large or too deep to be worth it.
    static @Nullable Outline of(Code root) {
        var outline = new Outline();
        outline.weigh(root, 0);
        return outline.nodes > MOST_NODES ? null : outline;
    }

    boolean isClosure(Code code) {
        return closures.contains(code);
    }

    /// Whether it begins a method of its own.
    boolean isMethod(Code code) {
        return methods.contains(code);
    }

    /// Whether there is a closure in it that may read parameters, which must lie in the activation then.
    boolean callsClosures(Code code) {
        return callsClosures.getOrDefault(code, true);
    }

    /// Whether it is small enough to be emitted twice.
    boolean isSmall(Code code) {
        return weights.getOrDefault(code, MOST_IN_METHOD) <= MOST_IN_METHOD / 4;
    }

    List<InlineCache> caches() {
        return caches;
    }

    /// What the code takes in the method it is in.
    private int weigh(Code code, int depth) {
        var parts = parts(code);
        if (parts == null || depth > DEEPEST || parts.size() > MOST_PARTS || ++nodes > MOST_NODES) {
            closures.add(code);
            callsClosures.put(code, true);
            return 2;
        }
        if (code instanceof Reads.Member member) {
            caches.add(member.cache);
        }
        var parted = new ArrayList<Weight>();
        boolean calls = false;
        for (var part : parts) {
            parted.add(new Weight(part, weigh(part, depth + 1)));
            calls |= callsClosures(part);
        }
        if (code instanceof Loops.Loop loop) {
            // The body is a method anyway.
            var body = loop.lambda.body();
            addCaches(loop.lambda);
            weigh(body, depth + 1);
            calls |= callsClosures(body);
        }
        callsClosures.put(code, calls);
        int weight = divided(own(code), parted);
        weights.put(code, weight);
        return weight;
    }

    private record Weight(Code code, int weight) {}

    /// A member compares with each shape it expects.
    private static int own(Code code) {
        return code instanceof Reads.Member member
                ? Math.max(1, member.cache.shapes().size())
                : 1;
    }

    private int divided(int own, List<Weight> parts) {
        int sum = own + parts.stream().mapToInt(Weight::weight).sum();
        var heaviest = parts.stream()
                .sorted(Comparator.comparingInt(Weight::weight).reversed())
                .iterator();
        while (sum > MOST_IN_METHOD && heaviest.hasNext()) {
            var next = heaviest.next();
            if (next.weight > 2) {
                methods.add(next.code);
                sum -= next.weight - 2;
            }
        }
        return sum;
    }

    private void addCaches(Lambda lambda) {
        lambda.parameters().forEach(this::addCaches);
    }

    private void addCaches(Lambda.Parameter parameter) {
        switch (parameter) {
            case Lambda.Parameter.Fields(var fields, var _) ->
                fields.forEach(field -> {
                    caches.add(field.cache());
                    addCaches(field.parameter());
                });
            case Lambda.Parameter.Items(var items, var _) -> items.forEach(this::addCaches);
            case Lambda.Parameter.Unused _, Lambda.Parameter.Slot _, Lambda.Parameter.NumericSlot _ -> {}
        }
    }

    /// The parts of code that can be emitted, without the bodies of arrows; null for code that stays a closure.
    private static @Nullable List<Code> parts(Code code) {
        return switch (code) {
            case Literals.Constant _,
                    Reads.FrameName _,
                    Reads.Local _,
                    Reads.NumericLocal _,
                    Reads.Late _,
                    Calls.Fails _,
                    Calls.Draw _ -> List.of();
            case Literals.Template template -> Arrays.asList(template.values);
            case Literals.PlainRecord record -> Arrays.asList(record.values);
            case Literals.MixedRecord record ->
                record.putters.stream().flatMap(Outline::parts).toList();
            case Literals.PlainList list -> Arrays.asList(list.items);
            case Literals.SpreadList list -> list.items;
            case Reads.Member member -> List.of(member.object);
            case Reads.Index index -> List.of(index.object, index.index);
            case Reads.Chain chain -> List.of(chain.inner);
            case Operators.Choice choice -> List.of(choice.condition, choice.yes, choice.no);
            case FitCode fit -> List.of(fit.code);
            case Operators.Not not -> List.of(not.operand);
            case Operators.Signed signed -> List.of(signed.operand);
            case Operators.TypeOf typeOf -> List.of(typeOf.operand);
            case Calls.OfOne call -> List.of(call.argument);
            case Calls.OfTwo call -> List.of(call.first, call.second);
            case Calls.Function call -> parts(call.arguments);
            case Calls.Apply call -> Arrays.asList(call.arguments);
            case Calls.Decide call -> Arrays.asList(call.arguments);
            case Calls.NativeMethod call -> with(call.receiver.code(), parts(call.arguments));
            case Loops.Sort _ -> null;
            case Loops.Fold fold ->
                fold.first == null ? List.of(fold.receiver.code()) : List.of(fold.receiver.code(), fold.first);
            case Loops.NumericFold fold -> List.of(fold.receiver.code(), fold.first);
            case Loops.Loop loop -> List.of(loop.receiver.code());
            // Default: what is new stays a closure until somebody emits it.
            default -> operands(code);
        };
    }

    private static @Nullable List<Code> operands(Code code) {
        return switch (code) {
            case Operators.Sum sum -> List.of(sum.left, sum.right);
            case Operators.Add add -> List.of(add.left, add.right);
            case Operators.Product product -> List.of(product.left, product.right);
            case Operators.Difference difference -> List.of(difference.left, difference.right);
            case Operators.Arithmetic arithmetic -> List.of(arithmetic.left, arithmetic.right);
            case Operators.Equal equal -> List.of(equal.left, equal.right);
            case Operators.Compare compare -> List.of(compare.left, compare.right);
            case Operators.In in -> List.of(in.left, in.right);
            case Operators.And and -> List.of(and.left, and.right);
            case Operators.Or or -> List.of(or.left, or.right);
            case Operators.Coalesce coalesce -> List.of(coalesce.left, coalesce.right);
            // Default: as above.
            default -> null;
        };
    }

    private static List<Code> parts(Calls.Arguments arguments) {
        return switch (arguments) {
            case Calls.Arguments.Plain plain -> Arrays.asList(plain.codes);
            case Calls.Arguments.Spread spread -> List.of(spread.list());
        };
    }

    /// Whether code, all of which is emitted, reads a local.
    static boolean reads(Code code, int slot) {
        if (code instanceof Reads.Local local && local.slot == slot) {
            return true;
        }
        var parts = parts(code);
        return parts == null
                || parts.stream().anyMatch(part -> reads(part, slot))
                || (code instanceof Loops.Loop loop && reads(loop.lambda.body(), slot));
    }

    private static Stream<Code> parts(Literals.Putter putter) {
        return switch (putter) {
            case Literals.Putter.Named(var _, Code value) -> Stream.of(value);
            case Literals.Putter.Computed(Code name, Code value) -> Stream.of(name, value);
            case Literals.Putter.Spread(Code value) -> Stream.of(value);
        };
    }

    private static List<Code> with(Code first, List<Code> others) {
        var all = new ArrayList<Code>();
        all.add(first);
        all.addAll(others);
        return all;
    }
}
