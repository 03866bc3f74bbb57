package weir.compile;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import weir.model.Builtin;
import weir.model.Type;

/// Which parts of the library something names.
final class Reach {
    final Set<String> types = new TreeSet<>();
    final Set<String> constants = new TreeSet<>();
    final Set<String> functions = new TreeSet<>();
    final Set<String> rules = new TreeSet<>();
    final Set<String> services = new TreeSet<>();
    boolean settings;

    /// Notes the names in a type, and gives it back.
    Type type(Type type) {
        switch (type) {
            case Type.Named(String name) -> {
                if (!Builtin.isVariable(type)) {
                    types.add(name);
                }
            }
            case Type.ListOf(Type item) -> type(item);
            case Type.MapOf(Type value) -> type(value);
            case Type.RecordOf(List<Type.Field> fields) -> fields.forEach(field -> type(field.type()));
            case Type.Union(List<Type> members) -> members.forEach(this::type);
            case Type.Basic basic -> {}
            case Type.Literal literal -> {}
        }
        return type;
    }

    /// What this reaches and the other does not.
    Reach without(Reach other) {
        var rest = new Reach();
        rest.add(this);
        rest.types.removeAll(other.types);
        rest.constants.removeAll(other.constants);
        rest.functions.removeAll(other.functions);
        rest.rules.removeAll(other.rules);
        rest.services.removeAll(other.services);
        rest.settings = settings && !other.settings;
        return rest;
    }

    /// Adds what the other reaches; says whether that was more.
    boolean add(Reach other) {
        boolean more = other.settings && !settings;
        settings |= other.settings;
        more |= types.addAll(other.types);
        more |= constants.addAll(other.constants);
        more |= functions.addAll(other.functions);
        more |= rules.addAll(other.rules);
        more |= services.addAll(other.services);
        return more;
    }
}
