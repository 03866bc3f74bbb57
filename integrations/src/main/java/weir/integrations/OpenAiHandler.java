package weir.integrations;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.Egress;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The `openai` integration: OpenAI, or any server that speaks its language. Requests go through the one guarded way
/// out, like all others. An answer with a schema is JSON that follows it.
public final class OpenAiHandler implements Handler {
    private static final String STANDARD = "https://api.openai.com/v1";
    private static final String CHAT_MODEL = "gpt-5";
    private static final String EMBEDDING_MODEL = "text-embedding-3-small";
    /// Models think for longer than other servers.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Egress egress;
    private final Connections connections;

    public OpenAiHandler(Egress egress, Connections connections) {
        this.egress = egress;
        this.connections = connections;
    }

    @Override
    public Value perform(Call call) throws StepFailure, InterruptedException {
        return switch (call.action()) {
            case "chat" -> chat(call);
            case "embed" -> embed(call);
            default -> throw Arguments.unknownAction(call);
        };
    }

    private Value chat(Call call) throws StepFailure, InterruptedException {
        var arguments = Arguments.of(call);
        var messages = new ArrayList<Value>();
        String system = arguments.optionalText("system");
        if (system != null) {
            messages.add(message("system", system));
        }
        messages.add(message("user", arguments.text("prompt")));
        var body = RecordValue.builder().put("messages", ListValue.of(messages));
        var temperature = arguments.optionalNumber("temperature");
        if (temperature != null) {
            body.put("temperature", Value.of(temperature));
        }
        var schema = arguments.optional("schema") instanceof RecordValue given ? new AnswerSchema(given) : null;
        if (schema != null) {
            body.put("response_format", schema.format());
        }
        var answer = post(call, "/chat/completions", CHAT_MODEL, body);
        String text = text(answer);
        if (schema == null) {
            return Value.of(text);
        }
        try {
            return schema.answer(Json.read(text));
        } catch (JsonProblem wrong) {
            throw new StepFailure("unreadable_answer", "the model's answer is no JSON: " + wrong.sentence());
        }
    }

    private static RecordValue message(String role, String text) {
        return RecordValue.builder()
                .put("role", Value.of(role))
                .put("content", Value.of(text))
                .build();
    }

    private static String text(Value answer) throws StepFailure {
        if (at(answer, "choices") instanceof ListValue choices && choices.size() > 0) {
            var choice = choices.get(0);
            var message = at(choice, "message");
            if (at(message, "refusal") instanceof StringValue(String refusal) && !refusal.isEmpty()) {
                throw StepFailure.permanent("model_refused", "the model declined: " + shortened(refusal));
            }
            if (at(choice, "finish_reason") instanceof StringValue(String reason)) {
                switch (reason) {
                    case "content_filter" ->
                        throw StepFailure.permanent("model_refused", "the model's server filtered the answer");
                    case "length" ->
                        throw StepFailure.permanent(
                                "model_too_long", "the answer is longer than the model may write; ask for less");
                    // Default: it came to its end.
                    default -> {}
                }
            }
            if (at(message, "content") instanceof StringValue(String content)) {
                return content;
            }
        }
        throw new StepFailure("unreadable_answer", "the model's server answered something that is no chat completion");
    }

    private Value embed(Call call) throws StepFailure, InterruptedException {
        List<String> texts = Arguments.of(call).texts("texts");
        if (texts.isEmpty()) {
            return ListValue.EMPTY;
        }
        var body = RecordValue.builder()
                .put("input", ListValue.of(texts.stream().map(Value::of).toList()))
                .put("encoding_format", Value.of("float"));
        var answer = post(call, "/embeddings", EMBEDDING_MODEL, body);
        var vectors = new @Nullable Value[texts.size()];
        if (at(answer, "data") instanceof ListValue data) {
            for (Value one : data) {
                if (at(one, "index") instanceof NumberValue(double index)
                        && index >= 0
                        && index < vectors.length
                        && at(one, "embedding") instanceof ListValue vector) {
                    vectors[(int) index] = vector;
                }
            }
        }
        var all = new ArrayList<Value>();
        for (var vector : vectors) {
            if (vector == null) {
                throw new StepFailure(
                        "unreadable_answer", "the model's server did not answer with a vector for each text");
            }
            all.add(vector);
        }
        return ListValue.of(all);
    }

    private Value post(Call call, String path, String model, RecordValue.Builder body)
            throws StepFailure, InterruptedException {
        var connection = connections.need(call);
        var headers = new Headers(call.secrets());
        headers.bearer(connection.need("token"));
        headers.addIfMissing("Content-Type", "application/json");
        String given = Arguments.of(call).optionalText("model");
        // A connection's model is for chats; embeddings have models of their own.
        String chosen = given != null ? given : path.startsWith("/chat") ? connection.get("model") : null;
        body.put("model", Value.of(Objects.requireNonNullElse(chosen, model)));
        var response = egress.send(new Egress.Request(
                "POST",
                uri(connection, path),
                headers.complete("POST", call.key()),
                Json.bytes(body.build()),
                call.timeout() == null ? LONGEST : call.timeout()));
        if (response.status() >= 400) {
            var refusal = Answers.refusal("POST", response);
            boolean later = response.status() >= 500 || response.status() == 408 || response.status() == 429;
            throw new StepFailure(later ? refusal : refusal.forGood());
        }
        return Answers.content(response);
    }

    private static URI uri(Connections.Connection connection, String path) throws StepFailure {
        String base = Objects.requireNonNullElse(connection.get("base_url"), STANDARD);
        return Links.uri((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path, null);
    }

    private static Value at(@Nullable Value value, String name) {
        return value instanceof RecordValue record
                ? Objects.requireNonNullElse(record.get(name), NullValue.NULL)
                : NullValue.NULL;
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 299) + "…";
    }
}
