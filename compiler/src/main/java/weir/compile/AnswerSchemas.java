package weir.compile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.model.Action;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.source.Span;

/// The schema that a step's declared type is: actions that have a parameter `schema` are told what their answer has to
/// look like, by an argument that nobody needs to write.
final class AnswerSchemas {
    /// How an action asks for it.
    static final String PARAMETER = "schema";

    private final Map<String, Type> declared;

    AnswerSchemas(Map<String, Type> declared) {
        this.declared = declared;
    }

    /// The argument, or null when the action asks for none or the type says nothing.
    ///
    /// @param type what is written behind the step's name
    @Nullable
    Expr of(Action action, Type type) {
        boolean asked = action.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals(PARAMETER) && parameter.optional());
        Type meant = resolved(type, new HashSet<>());
        return !asked || meant == Basic.JSON || meant == Basic.STRING || meant == Basic.UNKNOWN
                ? null
                : literal(Shape.schema(meant));
    }

    /// Without names; a type inside itself is anything there.
    private Type resolved(Type type, Set<String> open) {
        return switch (type) {
            case Type.Basic basic -> basic;
            case Type.Literal literal -> literal;
            case Type.ListOf(Type item) -> new Type.ListOf(resolved(item, open));
            case Type.MapOf(Type value) -> new Type.MapOf(resolved(value, open));
            case Type.RecordOf(List<Type.Field> fields) ->
                new Type.RecordOf(fields.stream()
                        .map(field -> new Type.Field(
                                field.name(), resolved(field.type(), open), field.optional(), field.doc()))
                        .toList());
            case Type.Union(List<Type> members) ->
                new Type.Union(
                        members.stream().map(member -> resolved(member, open)).toList());
            case Type.Named(String name) -> {
                Type meant = declared.get(name);
                if (meant == null || !open.add(name)) {
                    yield Basic.JSON;
                }
                Type result = resolved(meant, open);
                open.remove(name);
                yield result;
            }
        };
    }

    private static Expr literal(JsonNode node) {
        if (node.isObject()) {
            var properties = new ArrayList<Expr.Property>();
            node.properties()
                    .forEach(entry ->
                            properties.add(new Expr.Property.Entry(entry.getKey(), literal(entry.getValue()))));
            return new Expr.ObjectLiteral(properties, Span.NONE);
        }
        if (node.isArray()) {
            var items = new ArrayList<Expr.Element>();
            node.forEach(item -> items.add(new Expr.Element(false, literal(item))));
            return new Expr.ListLiteral(items, Span.NONE);
        }
        if (node.isTextual()) {
            return new Expr.Text(node.textValue(), Span.NONE);
        }
        if (node.isNumber()) {
            return new Expr.Numeric(node.doubleValue(), Span.NONE);
        }
        return node.isBoolean() ? new Expr.Truth(node.booleanValue(), Span.NONE) : new Expr.Null(Span.NONE);
    }
}
