package weir.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A text that contains secrets, held as its pieces. Only the place that performs an action puts the real values in
/// ([#reveal]); journals, logs and answers hold the names.
public record SecretValue(List<Piece> pieces) implements Value {
    public SecretValue {
        pieces = List.copyOf(pieces);
    }

    public static SecretValue named(String name) {
        return new SecretValue(List.of(new Piece.Reference(name)));
    }

    public sealed interface Piece {
        /// Text that is no secret.
        record Plain(String text) implements Piece {}

        /// The secret of that name.
        record Reference(String name) implements Piece {}

        /// A text with secrets as base64 of its UTF-8 bytes.
        record Base64Of(SecretValue inner) implements Piece {}
    }

    /// Gives a secret's text.
    @FunctionalInterface
    public interface Lookup<E extends Exception> {
        String reveal(String name) throws E;
    }

    /// The text with the secrets in it. It must not leave the request it is made for.
    public <E extends Exception> String reveal(Lookup<E> secrets) throws E {
        var text = new StringBuilder();
        for (var piece : pieces) {
            text.append(
                    switch (piece) {
                        case Piece.Plain(String plain) -> plain;
                        case Piece.Reference(String name) -> secrets.reveal(name);
                        case Piece.Base64Of(SecretValue inner) ->
                            Base64.getEncoder()
                                    .encodeToString(inner.reveal(secrets).getBytes(StandardCharsets.UTF_8));
                    });
        }
        return text.toString();
    }

    /// This text followed by another.
    public SecretValue then(SecretValue other) {
        var all = new ArrayList<>(pieces);
        all.addAll(other.pieces);
        return new SecretValue(all);
    }

    /// The text with the secrets' names in place of their values, for people.
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Plain(String plain) -> text.append(plain);
                case Piece.Reference(String name) ->
                    text.append("<secret ").append(name).append('>');
                case Piece.Base64Of(SecretValue inner) -> text.append(inner);
            }
        }
        return text.toString();
    }
}
