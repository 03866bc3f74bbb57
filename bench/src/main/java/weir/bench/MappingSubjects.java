package weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.eval.Budget;
import weir.eval.Draws;
import weir.eval.Evaluation;
import weir.eval.Frame;
import weir.eval.Program;
import weir.eval.Programs;
import weir.eval.Scope;
import weir.eval.Scripts;
import weir.graph.Library;
import weir.model.StandardCatalog;
import weir.source.Renderer;
import weir.source.Source;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.Numerals;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Expressions on an order of 5 kB, in several ways. Each was done once, and rightly.
public final class MappingSubjects {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Draws NOTHING = what -> {
        throw new IllegalStateException("the expressions draw nothing");
    };

    private final byte[] text;
    private final Value value;
    private final Order order;
    private final Scripts scripts;
    private final Frame frame = new Frame(null, 1);
    private final Program[] programs = new Program[Expression.values().length];

    /// What is evaluated.
    public enum Expression {
        MAPPING("({ id: o.id, total: o.lines.reduce((a, l) => a + l.qty * l.price, 0) })"),
        TEMPLATE("`Order ${o.id} for ${o.customer.name}`"),
        LINES("o.lines.filter(l => l.qty > 2).map(l => `${l.sku}: ${l.qty} x ${l.price}`)");

        private final String text;

        Expression(String text) {
            this.text = text;
        }
    }

    /// The order as a Java program would have it.
    public record Order(String id, Customer customer, List<Line> lines) {
        public record Customer(String name) {}

        public record Line(String sku, double qty, double price) {}

        static Order of(JsonNode order) {
            List<Line> lines = new ArrayList<>();
            order.get("lines")
                    .forEach(line -> lines.add(new Line(
                            line.get("sku").textValue(),
                            line.get("qty").doubleValue(),
                            line.get("price").doubleValue())));
            var customer = new Customer(order.get("customer").get("name").textValue());
            return new Order(order.get("id").textValue(), customer, lines);
        }
    }

    /// The mapping's result in Java.
    public record Mapped(String id, double total) {}

    public MappingSubjects(Inputs inputs, Scripts scripts) throws IOException {
        this.scripts = scripts;
        text = inputs.largeOrder().getBytes(StandardCharsets.UTF_8);
        value = Json.read(text);
        order = Order.of(JSON.readTree(text));
        var scope = new Scope(null);
        frame.set(scope.declare("o"), value);
        for (var expression : Expression.values()) {
            programs[expression.ordinal()] = program(expression, scope, scripts);
            var wanted = Json.text(weir(expression));
            same(wanted, Json.text(byHandOverValues(expression)));
            same(wanted, Json.text(sandbox(expression)));
            same(wanted, JSON.writeValueAsString(byHand(expression)));
        }
        same(Json.text(weir(Expression.MAPPING)), new String(weirText(), StandardCharsets.UTF_8));
        same(Json.text(weir(Expression.MAPPING)), new String(byHandText(), StandardCharsets.UTF_8));
    }

    private static void same(String wanted, String given) throws IOException {
        if (!Json.read(wanted).equals(Json.read(given))) {
            throw new IOException("an expression gave " + given + ", expected " + wanted);
        }
    }

    private static Program program(Expression expression, Scope scope, Scripts scripts) throws IOException {
        String type =
                "{ id: string, customer: { name: string }, lines: [{ sku: string, qty: number, price: number }] }";
        String text = "function map(o: " + type + ") -> json = " + expression.text + "\n";
        var compiled = new Compiler(StandardCatalog.catalog()).compile(new Source("mapping.weir", text), Files.NONE);
        if (compiled.hasErrors()) {
            throw new IOException(
                    "the expression does not compile:\n" + Renderer.plain().render(compiled.diagnostics()));
        }
        var library = compiled.library();
        return switch (library.functions().getFirst().body()) {
            case Library.Function.Body.Of of ->
                new Programs(library, RecordValue.EMPTY, scripts).compile(of.expression(), scope);
            case Library.Function.Body.Script _ -> throw new IOException("the expression became a script");
        };
    }

    /// The compiled expression over a document that was read.
    public Value weir(Expression expression) {
        return programs[expression.ordinal()].run(frame, new Evaluation(NOTHING, Budget.STANDARD));
    }

    /// The mapping with JSON text in and out.
    public byte[] weirText() {
        var own = new Frame(null, 1);
        own.set(0, Json.read(text));
        return Json.bytes(programs[Expression.MAPPING.ordinal()].run(own, new Evaluation(NOTHING, Budget.STANDARD)));
    }

    /// The expression as JavaScript in the sandbox.
    public Value sandbox(Expression expression) {
        return scripts.run("return " + expression.text + ";", List.of("o"), List.of(value));
    }

    /// Java over records of its own.
    public Object byHand(Expression expression) {
        return switch (expression) {
            case MAPPING -> mapping(order);
            case TEMPLATE -> "Order " + order.id() + " for " + order.customer().name();
            case LINES -> lines(order);
        };
    }

    private static Mapped mapping(Order order) {
        double total = 0;
        for (var line : order.lines()) {
            total += line.qty() * line.price();
        }
        return new Mapped(order.id(), total);
    }

    private static List<String> lines(Order order) {
        List<String> lines = new ArrayList<>();
        for (var line : order.lines()) {
            if (line.qty() > 2) {
                lines.add(line.sku() + ": " + number(line.qty()) + " x " + number(line.price()));
            }
        }
        return lines;
    }

    private static String number(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }

    /// Java over the values that Weir's expression has to work with.
    public Value byHandOverValues(Expression expression) {
        var from = (RecordValue) value;
        return switch (expression) {
            case MAPPING -> {
                double total = 0;
                for (Value line : lines(from)) {
                    total += number(line, "qty") * number(line, "price");
                }
                yield RecordValue.builder()
                        .put("id", member(from, "id"))
                        .put("total", Value.of(total))
                        .build();
            }
            case TEMPLATE -> Value.of("Order " + text(from, "id") + " for " + text(member(from, "customer"), "name"));
            case LINES -> {
                List<Value> lines = new ArrayList<>();
                for (Value line : lines(from)) {
                    if (number(line, "qty") > 2) {
                        lines.add(Value.of(text(line, "sku") + ": " + Numerals.text(number(line, "qty")) + " x "
                                + Numerals.text(number(line, "price"))));
                    }
                }
                yield ListValue.of(lines);
            }
        };
    }

    private static Iterable<Value> lines(RecordValue order) {
        return ((ListValue) member(order, "lines")).asList();
    }

    private static Value member(Value record, String name) {
        return Objects.requireNonNull(((RecordValue) record).get(name));
    }

    private static double number(Value record, String name) {
        return ((NumberValue) member(record, name)).value();
    }

    private static String text(Value record, String name) {
        return ((StringValue) member(record, name)).value();
    }

    /// The mapping in Java with JSON text in and out, as it is usually written.
    public byte[] byHandText() throws IOException {
        var from = JSON.readTree(text);
        double total = 0;
        for (var line : from.get("lines")) {
            total += line.get("qty").doubleValue() * line.get("price").doubleValue();
        }
        return JSON.writeValueAsBytes(
                JSON.createObjectNode().put("id", from.get("id").textValue()).put("total", total));
    }
}
