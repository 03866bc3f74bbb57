package weir.integrations;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.engine.RunError;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Egress;
import weir.worker.StepFailure;

/// What answers over HTTP are to a workflow.
final class Answers {
    private static final int ERROR_BODY_LIMIT = 16 * 1024;

    private Answers() {}

    /// `{ status, headers, body }`
    static RecordValue record(Egress.Response response) throws StepFailure {
        var headers = RecordValue.builder();
        response.headers().forEach((name, value) -> headers.put(name, Value.of(value)));
        return RecordValue.builder()
                .put("status", Value.of(response.status()))
                .put("headers", headers.build())
                .put("body", content(response))
                .build();
    }

    /// JSON is read, other text is a text, nothing is null, and bytes that are no text become
    /// `{ contentType, base64 }`.
    static Value content(Egress.Response response) throws StepFailure {
        byte[] body = response.body();
        if (body.length == 0) {
            return NullValue.NULL;
        }
        var media = media(response);
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

    /// The media type without its parameters, empty when the answer does not say it.
    static String media(Egress.Response response) {
        var type = response.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        return type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type.strip();
    }

    /// The failure that a status from 400 on is.
    static RunError refusal(String method, Egress.Response response) {
        var body = response.body().length > ERROR_BODY_LIMIT ? NullValue.NULL : readable(response);
        var pause = retryAfter(response.headers().get("retry-after"), Instant.now());
        return new RunError(
                "http_" + response.status(),
                method + " " + Egress.place(response.uri()) + " answered " + response.status(),
                null,
                0,
                response.status(),
                body,
                pause == null ? null : pause.toMillis());
    }

    private static Value readable(Egress.Response response) {
        try {
            return content(response);
        } catch (StepFailure unreadable) {
            return NullValue.NULL;
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
