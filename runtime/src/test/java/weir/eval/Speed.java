package weir.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import weir.graph.Library;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.Value;

/// A quick look at the speed of expressions: `java weir.eval.Speed bench/inputs/order-5k.json`. The best of many
/// rounds, in nanoseconds, which is what a busy machine disturbs least; `bench/run mapping` measures properly.
final class Speed {
    private static final String MAPPING = "({ id: o.id, total: o.lines.reduce((a, l) => a + l.qty * l.price, 0) })";
    private static final String LINES = "o.lines.filter(l => l.qty > 2).map(l => `${l.sku}: ${l.qty} x ${l.price}`)";
    private static final String TEXT = "`${o.id} for ${o.customer.email}`";

    private static volatile Object sink = "";

    private Speed() {}

    private static void measure(String name, Supplier<Object> work) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 300; round++) {
            int times = 200;
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                sink = work.get();
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) times);
        }
        System.out.printf("%-28s %10.0f ns%n", name, best);
    }

    private static Supplier<Object> program(String expression, Value order) {
        var scope = new Scope(null);
        var frame = new Frame(null, 1);
        frame.set(scope.declare("o"), order);
        var program = new Programs(Library.EMPTY, RecordValue.EMPTY, (body, names, values) -> {
                    throw new AssertionError(body);
                })
                .compile(Exprs.read(expression), scope);
        return () -> program.run(frame, ExpressionCases.evaluation());
    }

    private static Value byHand(Value value) {
        var order = (RecordValue) value;
        double total = 0;
        for (var line : (ListValue) Objects.requireNonNull(order.get("lines"))) {
            var record = (RecordValue) line;
            total += number(record, "qty") * number(record, "price");
        }
        return RecordValue.builder()
                .put("id", Objects.requireNonNull(order.get("id")))
                .put("total", Value.of(total))
                .build();
    }

    private static double number(RecordValue record, String name) {
        return ((NumberValue) Objects.requireNonNull(record.get(name))).value();
    }

    public static void main(String[] arguments) throws IOException {
        var bytes = Files.readAllBytes(Path.of(arguments[0]));
        var order = Json.read(bytes);
        for (int i = 0; i < 2; i++) {
            measure("mapping", program(MAPPING, order));
            measure("mapping, by hand on values", () -> byHand(order));
            measure("filter, map, template", program(LINES, order));
            measure("template", program(TEXT, order));
            measure("read", () -> Json.read(bytes));
            measure("write", () -> Json.bytes(order));
        }
    }
}
