package weir.engine;

import weir.eval.EvaluationError;
import weir.eval.Frame;
import weir.eval.Program;
import weir.eval.Scope;
import weir.graph.Expr;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// As much of expressions as tests of the engine need.
final class SimplePrograms {
    private SimplePrograms() {}

    static Plan plan(weir.graph.Graph graph) {
        return Plan.of(graph, SimplePrograms::compile, null);
    }

    static Program compile(Expr expr, Scope scope) {
        return switch (expr) {
            case Expr.Numeric(double value, var at) -> (frame, evaluation) -> Value.of(value);
            case Expr.Text(String value, var at) -> (frame, evaluation) -> Value.of(value);
            case Expr.Truth(boolean value, var at) -> (frame, evaluation) -> Value.of(value);
            case Expr.Null(var at) -> (frame, evaluation) -> NullValue.NULL;
            case Expr.Draw(var what, var at) -> (frame, evaluation) -> evaluation.draw(what);
            case Expr.Name(String name, var at) -> {
                var place = scope.find(name);
                if (place == null) {
                    throw new IllegalArgumentException("unknown name " + name);
                }
                yield (frame, evaluation) -> {
                    Frame holder = frame;
                    for (int i = 0; i < place.up(); i++) {
                        holder = holder.parent();
                    }
                    return java.util.Objects.requireNonNull(holder.get(place.slot()), name);
                };
            }
            case Expr.Member member -> {
                var object = compile(member.object(), scope);
                yield (frame, evaluation) -> {
                    var value = object.run(frame, evaluation);
                    if (value.isMissing()) {
                        throw new EvaluationError(
                                "type_error", "cannot read `" + member.name() + "` of " + value, member.at());
                    }
                    var field = value instanceof RecordValue record ? record.get(member.name()) : null;
                    return field == null ? UndefinedValue.UNDEFINED : field;
                };
            }
            case Expr.Binary binary -> {
                var left = compile(binary.left(), scope);
                var right = compile(binary.right(), scope);
                yield (frame, evaluation) -> binary(binary, left.run(frame, evaluation), right.run(frame, evaluation));
            }
            case Expr.ListLiteral list -> {
                var items = list.elements().stream()
                        .map(element -> compile(element.value(), scope))
                        .toList();
                yield (frame, evaluation) -> ListValue.of(
                        items.stream().map(item -> item.run(frame, evaluation)).toList());
            }
            case Expr.ObjectLiteral object ->
                (frame, evaluation) -> {
                    var record = RecordValue.builder();
                    for (var property : object.properties()) {
                        var entry = (Expr.Property.Entry) property;
                        record.put(entry.key(), compile(entry.value(), scope).run(frame, evaluation));
                    }
                    return record.build();
                };
            // Default: the tests that use it write no other expressions.
            default -> throw new IllegalArgumentException("not simple: " + expr);
        };
    }

    private static Value binary(Expr.Binary binary, Value left, Value right) {
        return switch (binary.operator()) {
            case ADD ->
                left instanceof NumberValue(double a) && right instanceof NumberValue(double b)
                        ? Value.of(a + b)
                        : Value.of(text(left) + text(right));
            case EQUAL -> Value.of(left.equals(right));
            case LESS -> Value.of(((NumberValue) left).value() < ((NumberValue) right).value());
            default -> throw new IllegalArgumentException("not simple: " + binary);
        };
    }

    private static String text(Value value) {
        return value instanceof StringValue(String text) ? text : weir.value.Json.text(value);
    }
}
