package weir.server;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// One request and its answer: the body read within its limit, JSON in and out.
final class Exchange {
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header PROBLEM = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Problem.CONTENT_TYPE);
    private static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    private final ServerRequest request;
    private final ServerResponse response;
    private final Config.Limits limits;

    Exchange(ServerRequest request, ServerResponse response, Config.Limits limits) {
        this.request = request;
        this.response = response;
        this.limits = limits;
    }

    ServerRequest request() {
        return request;
    }

    ServerResponse response() {
        return response;
    }

    /// A part of the path that the route names.
    String part(String name) {
        return request.path().pathParameters().get(name);
    }

    /// A parameter of the query, or null.
    @Nullable
    String query(String name) {
        return request.query().first(name).orElse(null);
    }

    @Nullable
    String header(HeaderName name) {
        return request.headers().first(name).orElse(null);
    }

    /// The bytes of the body; empty when there is none.
    byte[] body() {
        return body(limits.body());
    }

    /// The body as a text in UTF-8, as workflow files come.
    String text() {
        byte[] bytes = body(limits.text());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw Problem.of(
                            400,
                            "not_utf8",
                            "Not UTF-8",
                            "The text is not UTF-8. Send it as `text/plain; charset=utf-8`.")
                    .thrown();
        }
    }

    /// The body as a JSON object; nothing at all counts as `{}`. Must be declared as JSON, which keeps plain forms
    /// out.
    RecordValue object(byte[] body) {
        if (body.length == 0) {
            return RecordValue.EMPTY;
        }
        if (!isJson()) {
            throw Problem.of(
                            415,
                            "not_json",
                            "JSON expected",
                            "Send a JSON object with the header `Content-Type: application/json`.")
                    .thrown();
        }
        if (json(body) instanceof RecordValue object) {
            return object;
        }
        throw Problem.badRequest("The body must be a JSON object, with a field for each parameter.")
                .thrown();
    }

    static Value json(byte[] body) {
        try {
            return Json.read(body);
        } catch (JsonProblem problem) {
            throw Problem.of(400, "invalid_json", "Not valid JSON", "The body is not valid JSON: " + problem.sentence())
                    .with("errors", ListValue.of(error(problem)))
                    .thrown();
        }
    }

    private static RecordValue error(JsonProblem problem) {
        return RecordValue.builder()
                .put("path", Value.of(Problem.shortened(problem.path())))
                .put("reason", Value.of(problem.code()))
                .put("message", Value.of(Objects.requireNonNullElse(problem.getMessage(), problem.code())))
                .build();
    }

    boolean isJson() {
        var type = request.headers().contentType().map(HttpMediaType::mediaType);
        return type.isPresent()
                && (type.get().subtype().equals("json") || type.get().subtype().endsWith("+json"));
    }

    @SuppressWarnings("try") // the deadline is there to be closed
    private byte[] body(int limit) {
        var headers = request.headers();
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        long length = headers.contentLength().orElse(-1);
        if (length > limit) {
            throw tooLarge(limit);
        }
        try (var deadline = new Deadline(limits.read())) {
            var in = request.content().inputStream();
            byte[] bytes = in.readNBytes(length >= 0 ? (int) length : limit + 1);
            if (bytes.length > limit) {
                throw tooLarge(limit);
            }
            in.close();
            return bytes;
        } catch (Problem.Thrown | UncheckedIOException known) {
            throw known;
        } catch (IOException | RuntimeException malformed) {
            // Cut off, or in chunks that are none: the fault of who sends it. What follows cannot be read either, so
            // the stream stays open: closing it would wait for the rest.
            response.headers().set(HeaderValues.CONNECTION_CLOSE);
            throw Problem.badRequest("The body ended before it was complete, or its chunks are malformed.")
                    .thrown();
        }
    }

    private Problem.Thrown tooLarge(int limit) {
        String setting = limit == limits.body() ? "WEIR_BODY_BYTES" : "WEIR_TEXT_BYTES";
        return Problem.of(
                        413,
                        "too_large",
                        "Too large",
                        "The body may have at most " + limit + " bytes here (setting `" + setting + "`).")
                .thrown();
    }

    /// Answers 200 with JSON.
    void answer(Value value) {
        answer(200, value);
    }

    void answer(int status, Value value) {
        send(request, response, status, JSON, Json.bytes(value));
    }

    static void answer(ServerRequest request, ServerResponse response, Problem problem) {
        if (problem.retryAfter() > 0) {
            response.headers().set(HeaderNames.RETRY_AFTER, Integer.toString(problem.retryAfter()));
        }
        if (problem.status() == 401) {
            response.headers().set(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        send(request, response, problem.status(), PROBLEM, Json.bytes(problem.document()));
    }

    private static void send(ServerRequest request, ServerResponse response, int status, Header type, byte[] body) {
        response.status(status);
        response.headers().set(type);
        response.headers().set(NO_STORE);
        send(request, response, body);
    }

    /// Who asks with HEAD gets the headers only.
    static void send(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.headers().contentLength(body.length);
            response.send();
        } else {
            response.send(body);
        }
    }

    /// Turns the answer into a stream of events.
    EventStream events() {
        return new EventStream(response);
    }
}
