package weir.value;

import java.util.List;

/// A text that contains secrets, held as its pieces. Only the place that performs an action puts the real values in;
/// journals, logs and answers hold the names.
public record SecretValue(List<Piece> pieces) implements Value {
    public SecretValue {
        pieces = List.copyOf(pieces);
    }

    public sealed interface Piece {
        /// Text that is no secret.
        record Plain(String text) implements Piece {}

        /// The secret of that name.
        record Reference(String name) implements Piece {}
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Plain(String plain) -> text.append(plain);
                case Piece.Reference(String name) ->
                    text.append("<secret ").append(name).append('>');
            }
        }
        return text.toString();
    }
}
