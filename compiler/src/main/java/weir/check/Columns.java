package weir.check;

import java.util.List;
import weir.model.Parameter;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.syntax.Tree;

/// The types of the input columns of tables: parameters, or paths into them. Where something on the path may be
/// missing, the column may be undefined.
final class Columns {
    private final Types types;
    private final List<Parameter> parameters;

    Columns(Checking checking, List<Parameter> parameters) {
        this.types = checking.types;
        this.parameters = parameters;
    }

    /// The type of a column, `UNKNOWN` where the path leads nowhere.
    Type type(Tree.Path path) {
        var names = path.names();
        Type type = parameters.stream()
                .filter(parameter -> parameter.name().equals(names.getFirst().text()))
                .map(Calls::wanted)
                .findFirst()
                .orElse(Basic.UNKNOWN);
        for (var name : names.subList(1, names.size())) {
            type = step(type, name.text());
        }
        return type;
    }

    /// What a field is, read with `?.`.
    Type step(Type owner, String name) {
        return types.map(owner, member -> switch (types.resolve(member)) {
            case Type.RecordOf record -> {
                var field = Types.field(record, name);
                yield field == null ? Basic.UNKNOWN : Types.read(field);
            }
            case Type.MapOf(Type value) -> Types.union(value, Basic.UNDEFINED);
            case Basic.JSON -> Basic.JSON;
            case Basic.NULL, Basic.UNDEFINED -> Basic.UNDEFINED;
            case Type other -> name.equals("length") ? Basic.INT : Basic.UNKNOWN;
        });
    }
}
