package weir.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.store.Journal;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.OnceScope;

/// One call of a webhook, as its signature and its expressions see it.
final class Delivery {
    /// Senders repeat what they did not hear an answer to, some for days.
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private static final int LONGEST_ID = 255;
    private static final int MOST_FIELDS = 1_000;

    /// Where senders put the delivery's id: Standard Webhooks, GitHub, Shopify, GitLab, and who follows the draft
    /// on keys.
    private static final List<HeaderName> IDS = List.of(
            HeaderNames.create("webhook-id"),
            HeaderNames.create("X-GitHub-Delivery"),
            HeaderNames.create("X-Shopify-Webhook-Id"),
            HeaderNames.create("X-Gitlab-Event-UUID"),
            HeaderNames.create("Idempotency-Key"));

    private final byte[] body;
    private final RecordValue event;
    private final @Nullable String id;

    private Delivery(byte[] body, RecordValue event, @Nullable String id) {
        this.body = body;
        this.event = event;
        this.id = id;
    }

    static Delivery of(Exchange exchange, byte[] body) {
        var headers = RecordValue.builder();
        exchange.request()
                .headers()
                .forEach(header -> headers.put(header.name().toLowerCase(Locale.ROOT), Value.of(header.values())));
        var query = RecordValue.builder();
        for (String name : exchange.request().query().names()) {
            query.put(name, Value.of(exchange.request().query().get(name)));
        }
        var event = RecordValue.builder()
                .put("body", read(exchange, body))
                .put("headers", headers.build())
                .put("query", query.build())
                .build();
        return new Delivery(body, event, id(exchange));
    }

    /// As it came.
    byte[] body() {
        return body;
    }

    /// `{ body, headers, query }`: header names in lower case; the body read as what its type says.
    RecordValue event() {
        return event;
    }

    /// What the sender calls this delivery, or null.
    private static @Nullable String id(Exchange exchange) {
        for (var name : IDS) {
            String id = exchange.header(name);
            if (id != null && !id.isBlank() && id.length() <= LONGEST_ID) {
                return name.lowerCase() + ":" + id;
            }
        }
        return null;
    }

    /// JSON, a form as a record of texts (of lists where a name is repeated), or else a text; null when there is
    /// none.
    private static Value read(Exchange exchange, byte[] body) {
        if (body.length == 0) {
            return NullValue.NULL;
        }
        String type = exchange.request()
                .headers()
                .contentType()
                .map(HttpMediaType::mediaType)
                .map(media -> media.type() + "/" + media.subtype())
                .orElse("");
        if (exchange.isJson()) {
            return Exchange.json(body);
        }
        String text = text(body);
        if (!type.equals("application/x-www-form-urlencoded")) {
            return new StringValue(text);
        }
        // What `curl -d '{…}'` sends. A form never begins so: its encoding would have replaced the brace.
        return text.startsWith("{") || text.startsWith("[") ? Exchange.json(body) : form(text);
    }

    private static String text(byte[] body) {
        try {
            return utf8(body);
        } catch (CharacterCodingException malformed) {
            throw Problem.of(
                            415,
                            "body_not_text",
                            "Neither JSON nor text",
                            "A webhook takes JSON, a form or text in UTF-8; this body is none of them.")
                    .thrown();
        }
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static RecordValue form(String text) {
        var fields = new java.util.LinkedHashMap<String, List<Value>>();
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            fields.computeIfAbsent(name, key -> new java.util.ArrayList<>()).add(Value.of(value));
            if (fields.size() > MOST_FIELDS) {
                throw malformed("it has more than " + MOST_FIELDS + " fields");
            }
        }
        var record = RecordValue.builder();
        fields.forEach(
                (name, values) -> record.put(name, values.size() == 1 ? values.getFirst() : ListValue.of(values)));
        return record.build();
    }

    /// What stands for a part of a form, exactly: `%` and two digits are a byte, and bytes are UTF-8.
    private static String decoded(String part) {
        try {
            var bytes = new String(part.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return utf8(URLDecoder.decode(bytes, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            throw malformed("\"" + Problem.shortened(part) + "\" is not UTF-8 with `%` and two digits for a byte");
        }
    }

    private static Problem.Thrown malformed(String why) {
        return Problem.of(400, "invalid_form", "Not a valid form", "The body is declared as a form, but " + why + ".")
                .thrown();
    }

    /// The body does not count: some senders write the time of sending into what is otherwise the same delivery.
    Journal.@Nullable Once once(Webhooks.Hook hook) {
        return id == null
                ? null
                : new Journal.Once(
                        OnceScope.DELIVERY.of(hook.workflow().entry().id()),
                        id.getBytes(StandardCharsets.UTF_8),
                        REMEMBERED,
                        new byte[0]);
    }
}
