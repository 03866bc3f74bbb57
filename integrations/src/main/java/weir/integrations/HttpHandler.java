package weir.integrations;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.RunError;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;
import weir.worker.Egress;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The `http` integration: one request a step, through the guarded way out.
///
/// A body that is a text is sent as it is, anything else as JSON. Requests that change something carry the step's
/// idempotency key as `Idempotency-Key`, unless the text sets that header. An answer gives `{ status, headers, body }`:
/// JSON is read, other text is a text, nothing is null, and bytes that are no text become `{ contentType, base64 }`.
/// Statuses from 400 on fail as `http_<status>`, unless `accept` lists them.
public final class HttpHandler implements Handler {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final int ERROR_BODY_LIMIT = 16 * 1024;

    private final Egress egress;

    public HttpHandler(Egress egress) {
        this.egress = egress;
    }

    @Override
    public Value perform(Call call) throws StepFailure, InterruptedException {
        var method = call.action().toUpperCase(Locale.ROOT);
        var arguments = call.arguments();
        var uri = uri(text(arguments, "url"), arguments.get("query"));
        var headers = headers(call, method);
        byte[] body = new byte[0];
        var given = arguments.get("body");
        if (given != null && given != UndefinedValue.UNDEFINED) {
            body = body(given, call.secrets());
            addIfMissing(
                    headers,
                    "Content-Type",
                    given instanceof StringValue ? "text/plain; charset=utf-8" : "application/json");
        }
        var response = egress.send(new Egress.Request(method, uri, headers, body, call.timeout()));
        if (response.status() >= 400 && !accepted(arguments.get("accept"), response.status())) {
            throw refused(method, response);
        }
        return result(response);
    }

    private static String text(RecordValue arguments, String name) throws StepFailure {
        if (arguments.get(name) instanceof StringValue(String value)) {
            return value;
        }
        throw new StepFailure("bad_argument", "`" + name + "` must be a text");
    }

    private static URI uri(String url, @Nullable Value query) throws StepFailure {
        var text = new StringBuilder(url);
        if (query instanceof RecordValue fields) {
            var mark = url.indexOf('?') < 0 ? '?' : '&';
            for (int i = 0; i < fields.size(); i++) {
                for (var value :
                        fields.valueAt(i) instanceof ListValue list ? list.asList() : List.of(fields.valueAt(i))) {
                    if (!value.isMissing()) {
                        text.append(mark)
                                .append(encoded(fields.nameAt(i)))
                                .append('=')
                                .append(encoded(plain(value)));
                        mark = '&';
                    }
                }
            }
        }
        try {
            return new URI(text.toString());
        } catch (URISyntaxException wrong) {
            throw new StepFailure(
                    "bad_url",
                    "\"" + url + "\" is no URL (" + wrong.getReason() + "); put values through url.encode(…)");
        }
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String plain(Value value) {
        return value instanceof StringValue(String text) ? text : Json.text(value);
    }

    private static List<Egress.Header> headers(Call call, String method) throws StepFailure {
        List<Egress.Header> headers = new ArrayList<>();
        if (call.arguments().get("headers") instanceof RecordValue fields) {
            for (int i = 0; i < fields.size(); i++) {
                var value = fields.valueAt(i);
                if (!value.isMissing()) {
                    headers.add(header(fields.nameAt(i), value, call.secrets()));
                }
            }
        }
        if (call.arguments().get("auth") instanceof RecordValue auth) {
            headers.add(auth(auth, call.secrets()));
        }
        if (!READING.contains(method)) {
            addIfMissing(headers, "Idempotency-Key", call.key());
        }
        addIfMissing(headers, "User-Agent", "Weir");
        addIfMissing(headers, "Accept", "application/json, text/plain;q=0.9, */*;q=0.8");
        return headers;
    }

    private static Egress.Header header(String name, Value value, Secrets secrets) throws StepFailure {
        var text = reveal(value, secrets);
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                || text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            throw new StepFailure(
                    "bad_argument",
                    "the header \"" + name.replaceAll("\\p{Cntrl}", "?")
                            + "\" has a character that headers may not have");
        }
        return new Egress.Header(name, text, value instanceof SecretValue);
    }

    private static Egress.Header auth(RecordValue auth, Secrets secrets) throws StepFailure {
        var kind = auth.get("kind") instanceof StringValue(String text) ? text : "";
        return switch (kind) {
            case "bearer" -> secret("Authorization", "Bearer " + part(auth, "token", secrets));
            case "basic" -> {
                var pair = part(auth, "user", secrets) + ":" + part(auth, "password", secrets);
                yield secret(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            }
            case "header" -> secret(part(auth, "name", secrets), part(auth, "value", secrets));
            default -> throw new StepFailure("bad_argument", "`auth` must be bearer(…), basic(…) or header(…)");
        };
    }

    private static Egress.Header secret(String name, String value) throws StepFailure {
        if (value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new StepFailure("bad_argument", "the value of `auth` has a character that headers may not have");
        }
        return new Egress.Header(name, value, true);
    }

    private static String part(RecordValue auth, String name, Secrets secrets) throws StepFailure {
        var value = auth.get(name);
        return value == null || value.isMissing() ? "" : reveal(value, secrets);
    }

    /// The text of a value with its secrets put in.
    private static String reveal(Value value, Secrets secrets) throws StepFailure {
        return value instanceof SecretValue secret ? secret.reveal(secrets::reveal) : plain(value);
    }

    private static byte[] body(Value value, Secrets secrets) throws StepFailure {
        return value instanceof StringValue || value instanceof SecretValue
                ? reveal(value, secrets).getBytes(StandardCharsets.UTF_8)
                : Json.bytes(value);
    }

    private static void addIfMissing(List<Egress.Header> headers, String name, String value) {
        if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
            headers.add(new Egress.Header(name, value, false));
        }
    }

    private static boolean accepted(@Nullable Value accept, int status) {
        return accept instanceof ListValue list && list.asList().contains(new NumberValue(status));
    }

    private static StepFailure refused(String method, Egress.Response response) {
        var body = response.body().length > ERROR_BODY_LIMIT ? NullValue.NULL : readable(response);
        var pause = retryAfter(response.headers().get("retry-after"), Instant.now());
        return new StepFailure(new RunError(
                "http_" + response.status(),
                method + " " + Egress.place(response.uri()) + " answered " + response.status(),
                null,
                0,
                response.status(),
                body,
                pause == null ? null : pause.toMillis()));
    }

    private static Value readable(Egress.Response response) {
        try {
            return content(response);
        } catch (StepFailure unreadable) {
            return NullValue.NULL;
        }
    }

    private static Value result(Egress.Response response) throws StepFailure {
        var headers = RecordValue.builder();
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            headers.put(header.getKey(), Value.of(header.getValue()));
        }
        return RecordValue.builder()
                .put("status", Value.of(response.status()))
                .put("headers", headers.build())
                .put("body", content(response))
                .build();
    }

    private static Value content(Egress.Response response) throws StepFailure {
        byte[] body = response.body();
        if (body.length == 0) {
            return NullValue.NULL;
        }
        var type = response.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        var media = type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type.strip();
        if (media.endsWith("/json") || media.endsWith("+json")) {
            try {
                return Json.read(body);
            } catch (JsonProblem wrong) {
                throw new StepFailure(
                        "unreadable_answer",
                        Egress.place(response.uri()) + " says it answers with JSON, but: " + wrong.sentence());
            }
        }
        try {
            return Value.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException binary) {
            return RecordValue.builder()
                    .put("contentType", Value.of(media))
                    .put("base64", Value.of(Base64.getEncoder().encodeToString(body)))
                    .build();
        }
    }

    /// How long a server asks to wait before the next attempt (`Retry-After`, seconds or a date), or null.
    static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        if (header.strip().matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(header.strip()));
        }
        try {
            var at = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
        } catch (DateTimeParseException noDate) {
            return null;
        }
    }
}
