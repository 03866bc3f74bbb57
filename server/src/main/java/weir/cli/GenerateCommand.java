package weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.generate.Generator;
import weir.generate.Judge;
import weir.generate.ModelProblem;
import weir.generate.Models;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.server.Config;
import weir.source.DiagnosticJson;
import weir.source.Renderer;

@Command(
        name = "generate",
        description = {
            "Writes a workflow from a description in plain words, or changes one.",
            "A language model proposes a text, the compiler judges it, and its complaints go back to the model until the"
                    + " text is right. Needs OPENAI_API_KEY; OPENAI_BASE_URL and WEIR_MODEL choose another server and model."
        },
        footer = {
            "Examples:",
            "  weir generate \"every morning at 8 ask https://example.com/status and post failures to our webhook\" -o status.weir",
            "  weir generate --from status.weir -o status.weir \"retry three times first\"",
            "  weir generate --show-prompt \"…\"     what would be sent, without sending it"
        })
final class GenerateCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Language language;

    @Parameters(
            arity = "1",
            paramLabel = "DESCRIPTION",
            description = "What it shall do; - reads it from standard input.")
    private String description = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the text goes; without it to standard output.")
    private @Nullable String output;

    @Option(names = "--from", paramLabel = "FILE", description = "The text to change.")
    private @Nullable String from;

    @Option(names = "--force", description = "Replaces FILE if it is there.")
    private boolean force;

    @Option(names = "--show-prompt", description = "Prints exactly what would be sent, and sends nothing.")
    private boolean showPrompt;

    @Option(names = "--json", description = "One JSON object: {text, diagnostics, explanation, rounds}.")
    private boolean json;

    GenerateCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        var texts = new Texts(terminal);
        String wanted = description.equals(Texts.STANDARD_INPUT)
                ? texts.one(description).text()
                : description;
        String current = from == null ? null : texts.one(from).text();
        var request = new Generator.Request(wanted, current);
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            var generator = generator(sandbox);
            if (showPrompt) {
                generator
                        .conversation(request)
                        .forEach(message -> terminal.out()
                                .printf(
                                        "--- %s ---%n%s%n",
                                        message.role().name().toLowerCase(java.util.Locale.ROOT), message.text()));
                return Exit.OK;
            }
            var target = target();
            var result = generate(generator, request);
            deliver(result, target);
            return result.hasErrors() ? Exit.FAILED : Exit.OK;
        } catch (ModelProblem problem) {
            throw failure(problem);
        }
    }

    private Generator generator(Sandbox sandbox) throws Failure {
        try {
            var settings = Settings.read(terminal).values();
            var model = Config.read(terminal.environment()).model();
            var address = model.address() == null ? null : model.address().toString();
            return new Generator(
                    new Judge(language::compile, settings, sandbox),
                    language.catalog(),
                    Models.openAi(model.key(), address, model.name(), model.timeout()));
        } catch (Config.Unusable unusable) {
            throw Failure.missing(String.valueOf(unusable.getMessage()));
        }
    }

    /// Said before the model is asked: nobody wants to wait for a text that then cannot be kept.
    private @Nullable Path target() throws Failure {
        if (output == null) {
            return null;
        }
        Path target = terminal.path(output);
        boolean changes = from != null && terminal.path(from).equals(target);
        if (Files.exists(target) && !force && !changes) {
            throw Failure.usage(
                    "%s is there already; --from %s changes it, --force replaces it.".formatted(output, output));
        }
        return target;
    }

    private Generator.Result generate(Generator generator, Generator.Request request)
            throws ModelProblem, InterruptedException {
        try (var status = StatusLine.on(terminal)) {
            return generator.generate(request, new Generator.Listener() {
                @Override
                public void progress(int round, String message) {
                    status.say(round == 1 ? message : message + " (round " + round + ")");
                }

                @Override
                public void text(String piece) {
                    // Shown as a whole when it is right: half a text invites to be copied.
                }
            });
        }
    }

    private void deliver(Generator.Result result, @Nullable Path target) throws Failure {
        if (target != null) {
            try {
                Files.writeString(target, result.text());
            } catch (IOException unwritable) {
                throw Failure.usage("cannot write " + output + ": " + Texts.reason(unwritable) + ".");
            }
        }
        if (json) {
            var object = new ObjectMapper().createObjectNode().put("text", result.text());
            object.set("diagnostics", DiagnosticJson.tree(result.diagnostics()));
            object.put("explanation", result.explanation()).put("rounds", result.rounds());
            terminal.out().println(object.toPrettyString());
            return;
        }
        if (target == null) {
            terminal.out().print(result.text());
        }
        var err = terminal.err();
        if (!result.explanation().isEmpty()) {
            err.println((target == null ? "\n" : "") + result.explanation());
        }
        if (!result.diagnostics().isEmpty()) {
            err.print("\n" + terminal.rendererErr().render(result.diagnostics()));
        }
        if (result.hasErrors()) {
            err.printf(
                    "%nAfter %d rounds the text still has %s.%n",
                    result.rounds(), Renderer.summary(result.diagnostics()));
        } else if (target != null) {
            err.printf("%n%s Written to %s.%n", terminal.paintErr(Terminal.Style.GOOD, "✓"), output);
        }
    }

    private static Failure failure(ModelProblem problem) {
        return switch (problem.code()) {
            case BAD_PROMPT -> Failure.usage(problem.sentence());
            case MODEL_REFUSED, NO_TEXT -> Failure.failed(problem.sentence());
            case MODEL_NOT_CONFIGURED,
                    MODEL_UNAUTHORIZED,
                    MODEL_BUSY,
                    MODEL_TIMEOUT,
                    MODEL_UNAVAILABLE,
                    MODEL_CUT_OFF,
                    MODEL_TOO_LONG,
                    MODEL_REJECTED -> Failure.missing(problem.sentence());
        };
    }
}
