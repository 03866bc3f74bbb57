package weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A Weir server that runs somewhere, over its HTTP API.
final class Remote implements AutoCloseable {
    static final String STANDARD = "http://127.0.0.1:8080";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String token;
    private final HttpClient client;

    /// @param address of the server, empty: the one on this machine
    /// @param token what it asks for, empty: nothing
    Remote(String address, String token) throws Failure {
        this.server = server(address.isEmpty() ? STANDARD : address);
        this.token = token;
        this.client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static URI server(String address) throws Failure {
        try {
            var server = URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
            if (server.getHost() != null && List.of("http", "https").contains(server.getScheme())) {
                return server;
            }
        } catch (IllegalArgumentException wrong) {
            // Said below.
        }
        throw Failure.usage("\"" + address + "\" is no server's address; it looks like " + STANDARD + ".");
    }

    /// @param body of the answer, null when it is no JSON
    record Answer(int status, JsonNode body) {
        /// What a problem document says.
        String detail() {
            return body.path("detail").asText(body.path("title").asText("the server answered " + status));
        }
    }

    /// Deploys a text under the name of something that it declares.
    Answer deploy(String name, String text) throws Failure, InterruptedException {
        String path = "/api/v1/workflows/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "text/plain; charset=utf-8")
                .PUT(BodyPublishers.ofString(text)));
    }

    private Answer send(HttpRequest.Builder request) throws Failure, InterruptedException {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var answer = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            if (answer.statusCode() == 401) {
                throw Failure.missing(
                        token.isEmpty()
                                ? server + " asks for a token; set WEIR_TOKEN to the server's."
                                : server + " does not accept this token; set WEIR_TOKEN to the server's.");
            }
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (com.fasterxml.jackson.core.JacksonException unreadable) {
            throw Failure.missing("what answers at " + server + " is no Weir server.");
        } catch (IOException unreachable) {
            throw Failure.missing(
                    "no Weir server answers at %s; start one with `weir serve`, or name another with --server URL."
                            .formatted(server));
        }
    }

    @Override
    public String toString() {
        return server.toString();
    }

    @Override
    public void close() {
        client.close();
    }
}
