package weir.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.check.Availability.Construct;
import weir.model.Parameter;
import weir.model.Type;
import weir.syntax.Tree;
import weir.syntax.TypeExpression;

/// What written types mean.
final class DeclaredTypes {
    private static final Set<String> BASIC =
            Set.of("string", "number", "int", "boolean", "datetime", "duration", "json", "file", "secret");

    private final Checking checking;

    DeclaredTypes(Checking checking) {
        this.checking = checking;
    }

    static boolean isBuiltIn(String name) {
        return BASIC.contains(name);
    }

    static Set<String> builtIn() {
        return BASIC;
    }

    Type type(TypeExpression expression) {
        Type known = checking.findings.declaredTypes.get(expression);
        if (known != null) {
            return known;
        }
        Type type = read(expression);
        checking.findings.declaredTypes.put(expression, type);
        return type;
    }

    private Type read(TypeExpression expression) {
        return switch (expression) {
            case TypeExpression.Named named -> named(named);
            case TypeExpression.Literal literal -> literal(literal.value());
            case TypeExpression.ListOf list -> new Type.ListOf(type(list.item()));
            case TypeExpression.RecordOf record -> record(record);
            case TypeExpression.MapOf map -> new Type.MapOf(type(map.value()));
            case TypeExpression.Union union ->
                checking.types.join(union.members().stream().map(this::type).toList());
            case TypeExpression.Broken broken -> Type.Basic.UNKNOWN;
        };
    }

    private Type record(TypeExpression.RecordOf record) {
        var fields = new ArrayList<Type.Field>();
        var seen = new HashSet<String>();
        for (var field : record.fields()) {
            if (seen.add(field.name().text())) {
                fields.add(new Type.Field(field.name().text(), type(field.type()), field.optional(), field.doc()));
            } else {
                checking.report(new TypeProblem.DuplicateField(
                        checking.at(field.name().span()), field.name().text()));
            }
        }
        return new Type.RecordOf(fields);
    }

    private Type named(TypeExpression.Named named) {
        String name = named.name().text();
        if (BASIC.contains(name)) {
            if (name.equals("file")) {
                checking.require(Construct.FILE, named.span());
            }
            return Type.Basic.valueOf(name.toUpperCase(Locale.ROOT));
        }
        Symbol symbol = checking.declarations.typeSymbols.get(name);
        if (symbol != null) {
            checking.findings.use(named.name(), symbol, checking.source, named.span());
            return new Type.Named(name);
        }
        var names = new TreeSet<>(checking.declarations.typeSymbols.keySet());
        names.addAll(BASIC);
        checking.report(new NameProblem.Unknown(
                checking.at(named.span()),
                "type",
                name,
                habit(name) != null
                        ? habit(name)
                        : checking.nearest(name, names).orElse(null),
                "Declare it with `type " + name + " = { … }`."));
        return Type.Basic.UNKNOWN;
    }

    /// What other languages call the built-in types.
    private static @Nullable String habit(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "any", "object", "unknown", "map" -> "json";
            case "bool" -> "boolean";
            case "integer", "long", "bigint" -> "int";
            case "float", "double", "decimal" -> "number";
            case "text", "str", "varchar", "uuid" -> "string";
            case "date", "timestamp", "instant", "time" -> "datetime";
            default -> null;
        };
    }

    private static Type literal(TypeExpression.LiteralValue value) {
        return switch (value) {
            case TypeExpression.LiteralValue.Text(String text) -> new Type.Literal.Text(text);
            case TypeExpression.LiteralValue.Numeric(double number) -> new Type.Literal.Numeric(number);
            case TypeExpression.LiteralValue.Truth(boolean truth) -> new Type.Literal.Truth(truth);
            case TypeExpression.LiteralValue.Null none -> Type.Basic.NULL;
        };
    }

    /// Parameters with what their types mean; a name given twice is reported and kept once.
    List<Parameter> parameters(List<Tree.Parameter> written) {
        var parameters = new ArrayList<Parameter>();
        for (var parameter : written) {
            String name = parameter.name().text();
            if (parameters.stream().anyMatch(other -> other.name().equals(name))) {
                var first = written.stream()
                        .filter(other -> other.name().text().equals(name))
                        .findFirst()
                        .orElse(parameter);
                checking.report(new NameProblem.Duplicate(
                        checking.at(parameter.name().span()),
                        "parameter",
                        name,
                        checking.at(first.name().span())));
            } else {
                parameters.add(new Parameter(name, type(parameter.type()), parameter.optional(), ""));
            }
        }
        return parameters;
    }
}
