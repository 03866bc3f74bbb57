package weir.generate;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Any server that speaks OpenAI's chat completions. The only class that touches openai-java, whose 22 jars are loaded
/// when the first question is asked.
final class OpenAiModel implements LanguageModel {
    private static final int LONGEST_ANSWER = Generator.LONGEST_TEXT;

    private final OpenAIClient client;
    private final String name;
    private final Duration timeout;

    OpenAiModel(String key, @Nullable String address, String name, Duration timeout) {
        var builder = OpenAIOkHttpClient.builder()
                .apiKey(key)
                .timeout(timeout)
                // The generator retries, and tells the person so.
                .maxRetries(0);
        if (address != null) {
            builder.baseUrl(address);
        }
        this.client = builder.build();
        this.name = name;
        this.timeout = timeout;
    }

    @Override
    public String answer(List<Message> conversation, Consumer<String> piece) throws ModelProblem {
        var parameters = ChatCompletionCreateParams.builder().model(name);
        for (var message : conversation) {
            switch (message.role()) {
                case SYSTEM -> parameters.addSystemMessage(message.text());
                case USER -> parameters.addUserMessage(message.text());
                case ASSISTANT -> parameters.addAssistantMessage(message.text());
            }
        }
        try (var stream = client.chat().completions().createStreaming(parameters.build())) {
            return read(stream, piece);
        } catch (OpenAIServiceException refused) {
            throw service(refused);
        } catch (OpenAIIoException lost) {
            throw lost(lost);
        } catch (OpenAIInvalidDataException strange) {
            throw new ModelProblem(
                    ModelProblem.Code.MODEL_UNAVAILABLE,
                    "The model's server answered something that is not a chat completion. Check OPENAI_BASE_URL.");
        } catch (OpenAIException other) {
            throw new ModelProblem(ModelProblem.Code.MODEL_UNAVAILABLE, "The model cannot be used: " + plain(other));
        }
    }

    private String read(StreamResponse<ChatCompletionChunk> stream, Consumer<String> piece) throws ModelProblem {
        var answer = new StringBuilder();
        var refusal = new StringBuilder();
        String end = null;
        long deadline = System.nanoTime() + timeout.toNanos();
        for (Iterator<ChatCompletionChunk> chunks = stream.stream().iterator(); chunks.hasNext(); ) {
            for (var choice : chunks.next().choices()) {
                choice.delta().content().filter(text -> !text.isEmpty()).ifPresent(text -> {
                    answer.append(text);
                    piece.accept(text);
                });
                choice.delta().refusal().ifPresent(refusal::append);
                end = choice.finishReason().map(reason -> reason.asString()).orElse(end);
            }
            if (answer.length() > LONGEST_ANSWER) {
                throw new ModelProblem(
                        ModelProblem.Code.MODEL_TOO_LONG, "The model's answer does not end. Ask for less.");
            }
            if (System.nanoTime() > deadline) {
                throw timeout();
            }
        }
        if (!refusal.isEmpty() || "content_filter".equals(end)) {
            throw new ModelProblem(
                    ModelProblem.Code.MODEL_REFUSED,
                    refusal.isEmpty()
                            ? "The model's server filtered the answer. Ask in other words."
                            : "The model declined: " + shortened(refusal.toString()));
        }
        if ("length".equals(end)) {
            throw new ModelProblem(
                    ModelProblem.Code.MODEL_TOO_LONG,
                    "The answer is longer than the model may write. Ask for a smaller workflow.");
        }
        if (end == null) {
            throw new ModelProblem(ModelProblem.Code.MODEL_CUT_OFF, "The model's answer broke off.");
        }
        return answer.toString();
    }

    private ModelProblem service(OpenAIServiceException refused) {
        int status = refused.statusCode();
        return switch (status) {
            case 401, 403 ->
                new ModelProblem(
                        ModelProblem.Code.MODEL_UNAUTHORIZED,
                        "The model's server does not accept the key (status " + status + "). Check OPENAI_API_KEY.");
            case 429 ->
                new ModelProblem(
                        ModelProblem.Code.MODEL_BUSY,
                        "The model's server takes no more requests now (status 429).",
                        retryAfter(refused));
            case 408, 504 -> timeout();
            case 400, 404, 422 ->
                new ModelProblem(
                        ModelProblem.Code.MODEL_REJECTED,
                        "The model's server does not take the request (status %d): %s Check WEIR_MODEL (%s) and OPENAI_BASE_URL."
                                .formatted(status, plain(refused), name));
            default ->
                new ModelProblem(
                        ModelProblem.Code.MODEL_UNAVAILABLE,
                        "The model's server failed (status " + status + ").",
                        retryAfter(refused));
        };
    }

    /// Seconds; a date, which the header also allows, is taken as "soon".
    private static @Nullable Duration retryAfter(OpenAIServiceException refused) {
        try {
            for (String value : refused.headers().values("Retry-After")) {
                return Duration.ofSeconds(Long.parseLong(value.strip()));
            }
        } catch (NumberFormatException date) {
            return Duration.ofSeconds(5);
        }
        return null;
    }

    private ModelProblem lost(OpenAIException lost) {
        for (Throwable cause = lost; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedIOException) {
                return timeout();
            }
            if (cause instanceof java.io.EOFException || cause instanceof java.net.ProtocolException) {
                return new ModelProblem(ModelProblem.Code.MODEL_CUT_OFF, "The model's answer broke off.");
            }
        }
        return new ModelProblem(
                ModelProblem.Code.MODEL_UNAVAILABLE,
                "The model's server cannot be reached. Check OPENAI_BASE_URL and the network.");
    }

    private ModelProblem timeout() {
        return new ModelProblem(
                ModelProblem.Code.MODEL_TIMEOUT,
                "The model did not answer within %d s. Try again, or allow more with WEIR_MODEL_TIMEOUT_SECONDS."
                        .formatted(timeout.toSeconds()));
    }

    private static String plain(OpenAIException problem) {
        String message = problem.getMessage();
        return message == null ? "no reason given." : shortened(message.replaceAll("\\s+", " "));
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 299) + "…";
    }
}
