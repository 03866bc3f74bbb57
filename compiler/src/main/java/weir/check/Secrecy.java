package weir.check;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import weir.model.Type;
import weir.model.Type.Basic;

/// Which types hold secrets. The rule that they serve: a secret may reach only what is declared to take one; a text
/// that is joined with one is one; and nothing that gives a value without one may look at it.
final class Secrecy {
    private Secrecy() {}

    /// Whether it is a secret itself, and not something with one in it.
    static boolean isSecret(Type type) {
        return type == Basic.SECRET || type == Basic.AUTH;
    }

    /// Whether a secret can be seen in the type, without looking behind names of declared types.
    static boolean shows(Type type) {
        return switch (type) {
            case Basic basic -> isSecret(basic);
            case Type.Literal _, Type.Named _ -> false;
            case Type.ListOf(Type item) -> shows(item);
            case Type.MapOf(Type value) -> shows(value);
            case Type.RecordOf(List<Type.Field> fields) -> fields.stream().anyMatch(field -> shows(field.type()));
            case Type.Union(List<Type> members) -> members.stream().anyMatch(Secrecy::shows);
        };
    }

    /// Whether a secret may be in a value of the type, however deep. Declared types may name each other in long
    /// chains.
    static boolean holds(Types types, Type type) {
        var seen = new HashSet<Type>();
        var left = new ArrayDeque<Type>(List.of(type));
        while (!left.isEmpty()) {
            switch (left.pop()) {
                case Basic basic -> {
                    if (isSecret(basic)) {
                        return true;
                    }
                }
                case Type.Literal _ -> {}
                case Type.Named named -> {
                    if (seen.add(named)) {
                        left.push(types.resolve(named));
                    }
                }
                case Type.ListOf(Type item) -> left.push(item);
                case Type.MapOf(Type value) -> left.push(value);
                case Type.RecordOf(List<Type.Field> fields) -> fields.forEach(field -> left.push(field.type()));
                case Type.Union(List<Type> members) -> members.forEach(left::push);
            }
        }
        return false;
    }
}
