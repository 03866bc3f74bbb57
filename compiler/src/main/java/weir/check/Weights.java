package weir.check;

import java.util.IdentityHashMap;
import java.util.List;
import weir.model.Type;
import weir.model.Type.Basic;

/// How much there is to a type. A few lines can build records of records that share their parts and would still take
/// for ever to compare or to show; types that grow so are taken as `json`.
final class Weights {
    /// More parts than any record that somebody wrote.
    private static final int MOST = 20_000;

    private final IdentityHashMap<Type, Integer> known = new IdentityHashMap<>();

    /// The type itself, or `json` if it is too much.
    Type bounded(Type type) {
        return of(type) > MOST ? Basic.JSON : type;
    }

    private int of(Type type) {
        Integer weight = known.get(type);
        if (weight == null) {
            weight = Math.min(MOST + 1, 1 + parts(type));
            known.put(type, weight);
        }
        return weight;
    }

    private int parts(Type type) {
        return switch (type) {
            case Basic _, Type.Literal _, Type.Named _ -> 0;
            case Type.ListOf(Type item) -> of(item);
            case Type.MapOf(Type value) -> of(value);
            case Type.RecordOf(List<Type.Field> fields) ->
                sum(fields.stream().map(Type.Field::type).toList());
            case Type.Union(List<Type> members) -> sum(members);
        };
    }

    private int sum(List<Type> parts) {
        int sum = 0;
        for (Type part : parts) {
            sum = Math.min(MOST + 1, sum + of(part));
        }
        return sum;
    }
}
