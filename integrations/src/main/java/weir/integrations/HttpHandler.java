package weir.integrations;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.value.Json;
import weir.value.ListValue;
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
/// idempotency key as `Idempotency-Key`, unless the text sets that header. An answer gives `{ status, headers, body }`.
/// Statuses from 400 on fail as `http_<status>`, unless `accept` lists them. A connection says who asks, unless `auth`
/// does.
public final class HttpHandler implements Handler {
    private final Egress egress;
    private final Connections connections;
    private final Blobs blobs;

    public HttpHandler(Egress egress, Connections connections, Blobs blobs) {
        this.egress = egress;
        this.connections = connections;
        this.blobs = blobs;
    }

    @Override
    public Value perform(Call call) throws StepFailure, InterruptedException {
        return switch (call.action()) {
            case "download" -> download(call);
            case "upload" -> upload(call);
            default -> request(call);
        };
    }

    private Value request(Call call) throws StepFailure, InterruptedException {
        var headers = headers(call);
        byte[] body = new byte[0];
        var given = call.arguments().get("body");
        if (given != null && given != UndefinedValue.UNDEFINED) {
            body = body(given, call.secrets());
            headers.addIfMissing(
                    "Content-Type", given instanceof StringValue ? "text/plain; charset=utf-8" : "application/json");
        }
        return Answers.record(send(call, call.action().toUpperCase(Locale.ROOT), headers, body));
    }

    private Value download(Call call) throws StepFailure, InterruptedException {
        var headers = headers(call);
        headers.addIfMissing("Accept", "*/*");
        var response = send(call, "GET", headers, new byte[0]);
        String path = Objects.requireNonNullElse(response.uri().getPath(), "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        String name = call.arguments().get("name") instanceof StringValue(String given)
                ? given
                : last.isEmpty() ? "download" : last;
        return blobs.keep(call.org(), name, Answers.media(response), response.body())
                .value();
    }

    private Value upload(Call call) throws StepFailure, InterruptedException {
        var file = blobs.file(call.org(), call.arguments().get("file"), "file");
        var headers = headers(call);
        headers.addIfMissing("Content-Type", file.type());
        String method = call.arguments().get("method") instanceof StringValue(String given) ? given : "POST";
        return Answers.record(send(call, method, headers, blobs.bytes(call.org(), file)));
    }

    private Headers headers(Call call) throws StepFailure {
        var headers = new Headers(call.secrets());
        headers.add(call.arguments().get("headers"));
        if (call.arguments().get("auth") instanceof RecordValue auth) {
            headers.authenticate(auth);
        } else {
            var connection = connections.of(call);
            if (connection.isPresent()) {
                headers.authenticate(connection.get());
            }
        }
        return headers;
    }

    private Egress.Response send(Call call, String method, Headers headers, byte[] body)
            throws StepFailure, InterruptedException {
        var arguments = call.arguments();
        if (!(arguments.get("url") instanceof StringValue(String url))) {
            throw StepFailure.permanent("bad_argument", "`url` must be a text");
        }
        var response = egress.send(new Egress.Request(
                method,
                Links.uri(url, arguments.get("query")),
                headers.complete(method, call.key()),
                body,
                call.timeout()));
        if (response.status() >= 400 && !accepted(arguments.get("accept"), response.status())) {
            throw new StepFailure(Answers.refusal(method, response));
        }
        return response;
    }

    static byte[] body(Value value, Secrets secrets) throws StepFailure {
        return value instanceof StringValue || value instanceof SecretValue
                ? Headers.reveal(value, secrets).getBytes(StandardCharsets.UTF_8)
                : Json.bytes(value);
    }

    private static boolean accepted(@Nullable Value accept, int status) {
        return accept instanceof ListValue list && list.asList().contains(new NumberValue(status));
    }
}
