package weir.generate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.generate.LanguageModel.Message;
import weir.generate.LanguageModel.Role;
import weir.model.Catalog;
import weir.source.Diagnostic;
import weir.source.Source;

/// Asks the model for a text, compiles it, and gives the errors back until there are none or the rounds are used up.
/// The result is a proposal: saving it is somebody else's decision.
public final class Generator {
    /// How often errors go back to the model.
    public static final int REPAIRS = 4;

    static final int LONGEST_PROMPT = 20_000;
    static final int LONGEST_TEXT = 200_000;

    private static final int TRIES = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// @param prompt what is wanted, in a person's words
    /// @param current the text to change, or null for a new one
    public record Request(String prompt, @Nullable String current) {}

    /// @param diagnostics of the text; with errors when the model could not get it right
    /// @param explanation what the model says about it
    /// @param rounds how many answers it took
    public record Result(String text, List<Diagnostic> diagnostics, String explanation, int rounds) {
        public Result {
            diagnostics = List.copyOf(diagnostics);
        }

        public boolean hasErrors() {
            return diagnostics.stream().anyMatch(Diagnostic::isError);
        }
    }

    /// Hears how it goes. Called on the thread that generates; what it throws ends the generation.
    public interface Listener {
        /// @param round from 1
        void progress(int round, String message);

        /// A piece of the answer as the model writes it.
        void text(String piece);
    }

    /// Waits for a time; a seam for tests.
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    private final Function<Source, List<Diagnostic>> checker;
    private final Prompt prompt;
    private final LanguageModel model;
    private final Pause pause;

    /// @param checker what is wrong with a text ([Judge]); never throws
    public Generator(Function<Source, List<Diagnostic>> checker, Catalog catalog, LanguageModel model) {
        this(checker, catalog, model, Thread::sleep);
    }

    Generator(Function<Source, List<Diagnostic>> checker, Catalog catalog, LanguageModel model, Pause pause) {
        this.checker = checker;
        this.prompt = new Prompt(catalog);
        this.model = model;
        this.pause = pause;
    }

    /// Exactly what the first round sends.
    ///
    /// @throws ModelProblem when the request is empty or too long
    public List<Message> conversation(Request request) throws ModelProblem {
        check(request);
        return prompt.conversation(request);
    }

    /// @throws ModelProblem when the model gives no text at all
    public Result generate(Request request, Listener listener) throws ModelProblem, InterruptedException {
        var opening = conversation(request);
        var conversation = opening;
        Result best = null;
        for (int round = 1; round <= 1 + REPAIRS; round++) {
            listener.progress(round, round == 1 ? "Asking the model" : "Asking the model to correct its text");
            String said = ask(conversation, round, listener);
            var answer = Answer.of(said);
            String text = answer.text();
            if (text == null) {
                listener.progress(round, "The answer held no text");
                conversation = followUp(opening, said, Prompt.NO_TEXT);
                continue;
            }
            listener.progress(round, "Checking the text");
            var result = judged(text, answer.explanation(), round);
            if (best == null || errors(result) <= errors(best)) {
                best = result;
            }
            if (!result.hasErrors()) {
                listener.progress(round, "The text is right");
                return result;
            }
            listener.progress(round, errors(result) == 1 ? "1 mistake found" : errors(result) + " mistakes found");
            conversation = followUp(opening, said, Prompt.corrections(result));
        }
        if (best == null) {
            throw new ModelProblem(
                    ModelProblem.Code.NO_TEXT,
                    "The model answered, but never with a workflow. Say more exactly what should start it and what it should do.");
        }
        return new Result(best.text(), best.diagnostics(), best.explanation(), 1 + REPAIRS);
    }

    private Result judged(String text, String explanation, int round) {
        return new Result(text, checker.apply(new Source("proposal.weir", text)), explanation, round);
    }

    private static long errors(Result result) {
        return result.diagnostics().stream().filter(Diagnostic::isError).count();
    }

    /// Only the last answer is kept: earlier mistakes would be copied again.
    private static List<Message> followUp(List<Message> opening, String said, String reply) {
        var next = new ArrayList<>(opening);
        next.add(new Message(Role.ASSISTANT, said));
        next.add(new Message(Role.USER, reply));
        return next;
    }

    /// Tries again what is only passing, as long as the other side asks, but not for ever.
    private String ask(List<Message> conversation, int round, Listener listener)
            throws ModelProblem, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return model.answer(conversation, listener::text);
            } catch (ModelProblem problem) {
                var wait = Objects.requireNonNullElse(problem.retryAfter(), Duration.ofSeconds(attempt));
                if (!problem.isPassing() || attempt == TRIES || wait.compareTo(LONGEST_PAUSE) > 0) {
                    throw problem;
                }
                listener.progress(
                        round, "%s Trying again in %d s".formatted(problem.sentence(), Math.max(1, wait.toSeconds())));
                pause.pause(wait);
            }
        }
    }

    private static void check(Request request) throws ModelProblem {
        if (request.prompt().isBlank()) {
            throw new ModelProblem(ModelProblem.Code.BAD_PROMPT, "Say what the workflow should do.");
        }
        if (request.prompt().length() > LONGEST_PROMPT) {
            throw new ModelProblem(
                    ModelProblem.Code.BAD_PROMPT,
                    "The description may have at most " + LONGEST_PROMPT + " characters.");
        }
        String current = request.current();
        if (current != null && current.length() > LONGEST_TEXT) {
            throw new ModelProblem(
                    ModelProblem.Code.BAD_PROMPT,
                    "The text to change may have at most " + LONGEST_TEXT + " characters.");
        }
    }
}
