package weir.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import weir.model.Builtin;
import weir.model.Type;
import weir.model.Type.Basic;

/// What the variables of a signature stand for in one call.
final class Variables {
    private final Types types;
    private final Map<Type, Type> bound = new HashMap<>();

    Variables(Types types) {
        this.types = types;
    }

    /// Learns from a value where the signature has a pattern. What a variable already stood for stays possible.
    void bind(Type pattern, Type actual) {
        switch (pattern) {
            case Type.Named named when Builtin.isVariable(named) -> bound.merge(named, actual, types::join);
            case Type.ListOf(Type item) -> {
                for (Type member : types.members(actual)) {
                    switch (member) {
                        case Type.ListOf(Type actualItem) -> bind(item, actualItem);
                        case Basic.JSON, Basic.UNKNOWN -> bind(item, member);
                        // Default: nothing can be learned from other values.
                        default -> {}
                    }
                }
            }
            case Type.MapOf(Type value) -> {
                for (Type member : types.members(actual)) {
                    switch (types.resolve(member)) {
                        case Type.MapOf(Type actualValue) -> bind(value, actualValue);
                        case Type.RecordOf(List<Type.Field> fields) ->
                            fields.forEach(field -> bind(value, Types.read(field)));
                        case Basic.JSON, Basic.UNKNOWN -> bind(value, member);
                        // Default: nothing can be learned from other values.
                        default -> {}
                    }
                }
            }
            // Default: other patterns have no variables inside.
            default -> {}
        }
    }

    /// The pattern with what its variables stand for; those that nothing was learned of are `json` if they have to
    /// be something.
    Type apply(Type pattern) {
        return switch (pattern) {
            case Type.Named named when Builtin.isVariable(named) -> bound.getOrDefault(named, Basic.NEVER);
            case Type.ListOf(Type item) -> new Type.ListOf(apply(item));
            case Type.MapOf(Type value) -> new Type.MapOf(apply(value));
            case Type.Union(List<Type> members) ->
                types.join(members.stream().map(this::apply).toList());
            // Default: other patterns have no variables inside.
            default -> pattern;
        };
    }
}
