package weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.RecordValue;

/// A Weir server that runs somewhere, over its HTTP API.
final class Remote implements AutoCloseable {
    static final String STANDARD = "http://127.0.0.1:8080";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// How long a server may ask us to come back later.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Names of examples that ask nothing of the network.
    private static final List<String> FIRST_TRIES = List.of("hello", "greeting");

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

    /// @param address what `--server` says, empty: what the environment says
    static Remote of(Terminal terminal, String address) throws Failure {
        return new Remote(
                address.isEmpty() ? terminal.variable("WEIR_SERVER") : address, terminal.variable("WEIR_TOKEN"));
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
    ///
    /// @param file what its project calls it
    /// @param replace whether names of other files are taken over
    Answer deploy(String name, String text, String file, boolean replace) throws Failure, InterruptedException {
        String path =
                "/api/v1/workflows/" + encoded(name) + "?file=" + encoded(file) + (replace ? "&replace=true" : "");
        return send(HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "text/plain; charset=utf-8")
                .PUT(BodyPublishers.ofString(text)));
    }

    /// A workflow that is good for a first try, with an input for it.
    ///
    /// @param input JSON on one line
    record FirstTry(String name, String input) {}

    /// The deployed workflow that needs least, if there is one: an example made for that, else the first by name.
    Optional<FirstTry> firstTry() throws Failure, InterruptedException {
        var all = get("/api/v1/workflows").body().path("workflows");
        List<String> names = new ArrayList<>();
        all.forEach(one -> names.add(one.path("name").asText()));
        var name = FIRST_TRIES.stream()
                .filter(names::contains)
                .findFirst()
                .or(() -> names.stream().findFirst());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var example = get("/api/v1/workflows/" + encoded(name.get())).body().path("inputExample");
        return Optional.of(new FirstTry(name.get(), example.isObject() ? example.toString() : "{}"));
    }

    /// A JSON object that the server has.
    ///
    /// @param what it is, for the complaint that it is not there
    RecordValue record(String path, String what) throws Failure, InterruptedException {
        var answer = get(path);
        if (answer.status() != 200) {
            throw Failure.failed("%s does not give %s: %s".formatted(this, what, answer.detail()));
        }
        try {
            return (RecordValue) Json.read(answer.body().toString());
        } catch (JsonProblem | ClassCastException other) {
            throw Failure.failed("%s does not give %s in a form that this weir reads.".formatted(this, what));
        }
    }

    /// Reads something of the API.
    ///
    /// @param path behind the server's address
    Answer get(String path) throws Failure, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server + path)).GET());
    }

    /// Sends a document to the API.
    ///
    /// @param key makes sending it twice the same as sending it once; empty: none
    Answer post(String path, String json, String key) throws Failure, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        return send(key.isEmpty() ? request : request.header("Idempotency-Key", key));
    }

    /// Removes something.
    Answer delete(String path) throws Failure, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server + path)).DELETE());
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Whether it is a Weir server that has a port.
    static boolean isWeir(String host, int port) {
        try (var client = HttpClient.newHttpClient()) {
            String name = host.contains(":") ? "[" + host + "]" : host;
            var request = HttpRequest.newBuilder(URI.create("http://" + name + ":" + port + "/openapi.yaml"))
                    .timeout(Duration.ofSeconds(1))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body().contains("Weir");
        } catch (IOException | IllegalArgumentException silent) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer send(HttpRequest.Builder request) throws Failure, InterruptedException {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var answer = sendPatiently(request.timeout(PATIENCE).build());
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

    /// A server that has too much to do says when to come back. It has done nothing then.
    private HttpResponse<String> sendPatiently(HttpRequest request) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            var answer = client.send(request, BodyHandlers.ofString());
            var pause = Duration.ofSeconds(pause(answer));
            if (pause.isZero() || System.nanoTime() + pause.toNanos() > deadline) {
                return answer;
            }
            Thread.sleep(pause);
        }
    }

    /// Seconds; 0 when the answer is one.
    private static long pause(HttpResponse<String> answer) {
        boolean nothingDone = answer.statusCode() == 429
                || answer.statusCode() == 503 && !answer.body().contains("\"unknown_outcome\"");
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> nothingDone && seconds.matches("[0-9]{1,4}"))
                .map(seconds -> Math.max(1, Long.parseLong(seconds)))
                .orElse(0L);
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
