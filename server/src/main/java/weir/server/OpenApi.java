package weir.server;

import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The description of all routes, for people and tools.
final class OpenApi {
    private final byte[] text = read();

    private static byte[] read() {
        try (var in = Objects.requireNonNull(OpenApi.class.getResourceAsStream("openapi.yaml"))) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void routes(Routes routes) {
        routes.open("GET", "/openapi.yaml", exchange -> {
            exchange.response().headers().set(HeaderNames.CONTENT_TYPE, "application/yaml; charset=utf-8");
            exchange.response().send(text);
        });
    }

    String text() {
        return new String(text, StandardCharsets.UTF_8);
    }
}
