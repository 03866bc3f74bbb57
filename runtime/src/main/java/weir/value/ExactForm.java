package weir.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How JSON keeps what it has no word for: a record with one reserved name.
final class ExactForm {
    static final String UNDEFINED = "$undefined";
    static final String NUMBER = "$number";
    static final String SECRET = "$secret";

    private ExactForm() {}

    /// Whether a user's name has to be told apart from a reserved one.
    static boolean isReserved(String name) {
        if (name.isEmpty() || name.charAt(0) != '$') {
            return false;
        }
        int start = 0;
        while (start < name.length() && name.charAt(start) == '$') {
            start++;
        }
        return switch (name.substring(start)) {
            case "undefined", "number", "secret" -> true;
            default -> false;
        };
    }

    /// The pieces of a secret as a value: texts that are no secret, `{name}` and `{base64}`.
    static Value pieces(SecretValue secret) {
        return ListValue.of(secret.pieces().stream().map(ExactForm::piece).toList());
    }

    private static Value piece(SecretValue.Piece piece) {
        return switch (piece) {
            case SecretValue.Piece.Plain(String text) -> new StringValue(text);
            case SecretValue.Piece.Reference(String name) -> RecordValue.of("name", new StringValue(name));
            case SecretValue.Piece.Base64Of(SecretValue inner) -> RecordValue.of("base64", pieces(inner));
        };
    }

    /// What a record of the exact form stands for.
    static Value decode(RecordValue record) {
        if (record.size() == 1) {
            var value = record.valueAt(0);
            switch (record.nameAt(0)) {
                case UNDEFINED -> {
                    return UndefinedValue.UNDEFINED;
                }
                case NUMBER -> {
                    return new NumberValue(Double.parseDouble(text(value)));
                }
                case SECRET -> {
                    return new SecretValue(pieces(value));
                }
                default -> {}
            }
        }
        return unescaped(record);
    }

    private static RecordValue unescaped(RecordValue record) {
        for (int i = 0; i < record.size(); i++) {
            if (isReserved(record.nameAt(i))) {
                var builder = RecordValue.builder();
                record.forEach((name, value) -> builder.put(isReserved(name) ? name.substring(1) : name, value));
                return builder.build();
            }
        }
        return record;
    }

    private static List<SecretValue.Piece> pieces(Value value) {
        if (!(value instanceof ListValue list)) {
            throw broken();
        }
        var pieces = new ArrayList<SecretValue.Piece>();
        for (var item : list) {
            pieces.add(piece(item));
        }
        return pieces;
    }

    private static SecretValue.Piece piece(Value value) {
        if (!(value instanceof RecordValue record)) {
            return new SecretValue.Piece.Plain(text(value));
        }
        var inner = record.get("base64");
        return inner == null
                ? new SecretValue.Piece.Reference(text(record.get("name")))
                : new SecretValue.Piece.Base64Of(new SecretValue(pieces(inner)));
    }

    private static String text(@Nullable Value value) {
        if (value instanceof StringValue(String text)) {
            return text;
        }
        throw broken();
    }

    private static JsonProblem broken() {
        return new JsonProblem("not_json", "this is not the exact form of a value", "", -1, null);
    }
}
