package weir.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.model.Type.Field;

/// What is known about a name and its fields, as one type: for the items that a `filter` keeps.
final class Refinement {
    private final Types types;
    /// What is known, by the path from the name.
    private final Map<String, Type> known = new HashMap<>();

    private Refinement(Types types) {
        this.types = types;
    }

    /// The type of the symbol with what is known, null when nothing is.
    static @Nullable Type of(Types types, Facts facts, Symbol symbol) {
        var refinement = new Refinement(types);
        facts.known().forEach((ref, type) -> {
            if (ref.root() == symbol) {
                refinement.known.put(ref.path(), type);
            }
        });
        return refinement.known.isEmpty() ? null : refinement.refined(symbol.type(), "");
    }

    private Type refined(Type type, String path) {
        Type here = known.getOrDefault(path, type);
        boolean deeper = known.keySet().stream().anyMatch(other -> other.startsWith(path + "."));
        return deeper ? types.map(here, member -> member(member, path)) : here;
    }

    private Type member(Type member, String path) {
        var record = types.recordOf(member);
        if (record == null) {
            return member;
        }
        List<Field> fields = new ArrayList<>();
        boolean changed = false;
        for (Field field : record.fields()) {
            Type read = Types.read(field);
            Type refined = refined(read, path + "." + field.name());
            if (refined.equals(read)) {
                fields.add(field);
            } else {
                changed = true;
                fields.add(new Field(
                        field.name(), refined, types.members(refined).contains(Type.Basic.UNDEFINED), field.doc()));
            }
        }
        return changed ? new Type.RecordOf(fields) : member;
    }
}
