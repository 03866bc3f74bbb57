package weir.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import weir.generate.LanguageModel.Message;
import weir.generate.LanguageModel.Role;
import weir.model.Catalog;
import weir.source.Diagnostic;
import weir.source.Renderer;

/// What the model is told: the language on one card, worked examples, the signatures that the request is about, and the
/// request itself, set apart as data.
final class Prompt {
    static final String NO_TEXT =
            "Your answer held no file. Answer with the whole file in one fenced block, as described.";

    /// Files beside this class, without their ending: `weir/generate/<name>.weir`, the request in its first lines.
    static final List<String> EXAMPLES = List.of("order", "watch", "digest", "triage");

    private static final int SIGNATURES = 40;
    private static final int SHOWN_MISTAKES = 20;

    private final Catalog catalog;
    private final String card = resource("language-card.md");
    private final List<Example> examples = EXAMPLES.stream().map(Example::named).toList();

    Prompt(Catalog catalog) {
        this.catalog = catalog;
    }

    /// @param request what was asked, from the `//` lines at its top
    record Example(String request, String text) {
        static Example named(String name) {
            var lines = resource(name + ".weir").lines().toList();
            int head = (int)
                    lines.stream().takeWhile(line -> line.startsWith("//")).count();
            var request = lines.subList(0, head).stream()
                    .map(line -> line.substring(2).strip())
                    .collect(Collectors.joining(" "));
            var text = lines.subList(head, lines.size()).stream().collect(Collectors.joining("\n"));
            return new Example(request, text.strip() + "\n");
        }
    }

    List<Message> conversation(Generator.Request request) {
        return List.of(new Message(Role.SYSTEM, system(request)), new Message(Role.USER, user(request)));
    }

    private String system(Generator.Request request) {
        var text = new StringBuilder(card.strip()).append("\n\n# Worked examples\n");
        for (var example : examples) {
            text.append("\nRequest: ")
                    .append(example.request())
                    .append("\n\n````weir\n")
                    .append(example.text())
                    .append("````\n");
        }
        String words = request.prompt() + " " + Objects.requireNonNullElse(request.current(), "");
        text.append("\n# Actions that a step can take\n\n");
        Signatures.actions(catalog, words, SIGNATURES)
                .forEach(line -> text.append(line).append('\n'));
        text.append("\n# Functions for expressions\n\n");
        Signatures.builtins().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static String user(Generator.Request request) {
        var text = new StringBuilder();
        String current = request.current();
        if (current != null && !current.isBlank()) {
            text.append("This is the file as it is now. Keep what the request does not ask to change.\n")
                    .append(fenced("current_file", current))
                    .append('\n');
        }
        return text.append(fenced("request", request.prompt())).toString();
    }

    /// Between tags that its own content cannot close, so that a request stays a request.
    private static String fenced(String tag, String content) {
        String inner = content.replaceAll("(?i)<(/?\\s*" + tag + ")", "‹$1");
        return "<" + tag + ">\n" + inner.strip() + "\n</" + tag + ">\n";
    }

    /// What the compiler says, with the lines it is about and the corrections it knows.
    static String corrections(Generator.Result result) {
        var errors = result.diagnostics().stream().filter(Diagnostic::isError).toList();
        var text = new StringBuilder("The compiler does not accept the file, or its tests fail:\n\n");
        text.append(Renderer.plain().render(errors.subList(0, Math.min(errors.size(), SHOWN_MISTAKES))))
                .append('\n');
        if (errors.size() > SHOWN_MISTAKES) {
            text.append("(and ").append(errors.size() - SHOWN_MISTAKES).append(" more)\n\n");
        }
        return text.append("Correct the cause of each, keep the rest, and answer with the whole file again.")
                .toString();
    }

    static String resource(String name) {
        try (var in = Objects.requireNonNull(Prompt.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
