package weir.server;

import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import weir.generate.Generator;
import weir.generate.ModelProblem;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Workflows from plain words, with progress as it goes. Proposes; saves nothing.
final class GenerateApi {
    /// A model costs money and time: so many at once.
    private static final int AT_ONCE = 8;

    private final Generator generator;
    private final Semaphore places = new Semaphore(AT_ONCE);

    GenerateApi(Generator generator) {
        this.generator = generator;
    }

    void routes(Routes routes) {
        routes.post("/api/v1/generate", this::generate);
    }

    private void generate(Exchange exchange) throws InterruptedException {
        var request = request(exchange.object(exchange.body()));
        if (!places.tryAcquire()) {
            throw Problem.of(
                            429,
                            "too_many_requests",
                            "Too many at once",
                            "The model is busy with others. Try again soon.")
                    .retryAfter(5)
                    .thrown();
        }
        try (var stream = exchange.events()) {
            var beat = Thread.ofVirtual().name("generate-heartbeat").start(() -> beat(stream));
            try {
                stream.send(null, "result", result(generator.generate(request, listener(stream))));
            } catch (ModelProblem problem) {
                stream.send(null, "problem", problem(problem));
            } finally {
                beat.interrupt();
            }
        } finally {
            places.release();
        }
    }

    private static Generator.Request request(RecordValue body) {
        String prompt = text(body, "prompt");
        if (prompt == null || prompt.isBlank()) {
            throw Problem.badRequest(
                            "Send {\"prompt\": \"what the workflow should do\"}, and `current` with a text to change.")
                    .thrown();
        }
        return new Generator.Request(prompt, text(body, "current"));
    }

    private static @Nullable String text(RecordValue body, String name) {
        return body.get(name) instanceof StringValue(String text) ? text : null;
    }

    /// A model may think for longer than proxies wait.
    private static void beat(EventStream stream) {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(EventStream.HEARTBEAT_SECONDS);
                stream.heartbeat();
            }
        } catch (InterruptedException | UncheckedIOException over) {
            // The answer is complete, or nobody waits for it.
        }
    }

    private static Generator.Listener listener(EventStream stream) {
        return new Generator.Listener() {
            @Override
            public void progress(int round, String message) {
                stream.send(
                        null,
                        "progress",
                        RecordValue.builder()
                                .put("round", Value.of(round))
                                .put("message", Value.of(message))
                                .build());
            }

            @Override
            public void text(String piece) {
                stream.send(null, "text", RecordValue.of("delta", Value.of(piece)));
            }
        };
    }

    private static RecordValue result(Generator.Result result) {
        return RecordValue.builder()
                .put("text", Value.of(result.text()))
                .put("diagnostics", Documents.diagnostics(result.diagnostics()))
                .put("explanation", Value.of(result.explanation()))
                .put("rounds", Value.of(result.rounds()))
                .build();
    }

    private static RecordValue problem(ModelProblem problem) {
        var document = RecordValue.builder()
                .put("code", Value.of(problem.code().word()))
                .put("detail", Value.of(problem.sentence()));
        var retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            document.put("retryAfterSeconds", Documents.number(retryAfter.toSeconds()));
        }
        return document.build();
    }
}
