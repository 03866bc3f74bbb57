package weir.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import weir.cli.Terminal.Style;
import weir.eval.Fitting;
import weir.graph.Library;
import weir.model.Shape;
import weir.model.Type;
import weir.simulation.People;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Answers a run's questions: by what was given on the command line, else by the person at the terminal.
final class Asking implements People, AutoCloseable {
    /// Answers every question that has no answer of its own.
    static final String ANY = "ask";

    private static final Set<String> STANDARD = Set.of("approved", "by", "comment");

    private final Terminal terminal;
    private final Library library;
    private final Map<String, RecordValue> given;
    private final Set<UUID> open = new HashSet<>();
    private final ExecutorService asker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("weir-asker").factory());
    private final BufferedReader lines;
    private Consumer<Boolean> quiet = pause -> {};

    /// @param library what the types of answers refer to
    /// @param given answers by the name of the question's step
    Asking(Terminal terminal, Library library, Map<String, RecordValue> given) {
        this.terminal = terminal;
        this.library = library;
        this.given = new HashMap<>(given);
        this.lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }

    /// @param quiet told to hold other output back while somebody types
    void holding(Consumer<Boolean> quiet) {
        this.quiet = quiet;
    }

    @Override
    public boolean ask(Question question, Consumer<RecordValue> answer) {
        var ready = given.get(question.step() == null ? ANY : question.step());
        if (ready == null) {
            ready = given.get(ANY);
        }
        if (ready != null) {
            return answered(ready, question, answer);
        }
        if (!terminal.screens().in()) {
            terminal.err()
                    .println(terminal.paintErr(Style.BUSY, "?") + " " + question.text() + "  "
                            + terminal.paintErr(Style.QUIET, unanswered(question)));
            return false;
        }
        synchronized (open) {
            open.add(question.task());
        }
        asker.execute(() -> converse(question, answer));
        return true;
    }

    /// By what was given on the command line.
    private boolean answered(RecordValue ready, Question question, Consumer<RecordValue> answer) {
        var fitted = Fitting.fit(completed(ready), question.answer(), library, "answer");
        if (fitted.fits() && fitted.value() instanceof RecordValue fitting) {
            answer.accept(fitting);
            return true;
        }
        String name = question.step() == null ? ANY : question.step();
        terminal.err()
                .println(terminal.paintErr(Style.BAD, "✗") + " --answer " + name + " does not fit: "
                        + fitted.sentence());
        return false;
    }

    private static String unanswered(Question question) {
        String name = question.step() == null ? ANY : question.step();
        String until = question.until() == null ? "" : " until " + question.until();
        return "nobody answers here" + until + "; give --answer " + name + "='{\"approved\": true}'";
    }

    @Override
    public void withdraw(UUID task) {
        synchronized (open) {
            open.remove(task);
        }
    }

    private boolean isOpen(Question question) {
        synchronized (open) {
            return open.contains(question.task());
        }
    }

    private RecordValue completed(RecordValue given) {
        var whole = RecordValue.builder();
        if (!given.has("approved")) {
            whole.put("approved", Value.of(true));
        }
        if (!given.has("by")) {
            whole.put("by", Value.of(System.getProperty("user.name", "somebody")));
        }
        return whole.putAll(given).build();
    }

    private void converse(Question question, Consumer<RecordValue> answer) {
        if (!isOpen(question)) {
            return;
        }
        quiet.accept(true);
        try {
            var said = typed(question);
            if (said != null && isOpen(question)) {
                answer.accept(said);
            }
        } catch (IOException gone) {
            terminal.err().println("weir: standard input ended; nobody answers any more.");
        } finally {
            quiet.accept(false);
        }
    }

    /// Asks until the answer fits; null when the input ends.
    private @Nullable RecordValue typed(Question question) throws IOException {
        var err = terminal.err();
        err.println(terminal.paintErr(Style.STRONG, "? " + question.text()) + whom(question));
        while (isOpen(question)) {
            err.print("  y or n, and a comment if you like: ");
            err.flush();
            String line = lines.readLine();
            if (line == null) {
                return null;
            }
            var words = line.strip().split("\\s+", 2);
            var approved = approved(words[0]);
            if (approved == null) {
                continue;
            }
            var answer = RecordValue.builder().put("approved", Value.of(approved));
            if (words.length > 1) {
                answer.put("comment", Value.of(words[1]));
            }
            for (var field : question.answer().fields()) {
                if (!STANDARD.contains(field.name())) {
                    var value = field(field);
                    if (value != null) {
                        answer.put(field.name(), value);
                    }
                }
            }
            var fitted = Fitting.fit(completed(answer.build()), question.answer(), library, "answer");
            if (fitted.fits() && fitted.value() instanceof RecordValue fitting) {
                return fitting;
            }
            err.println("  " + fitted.sentence());
        }
        return null;
    }

    private static String whom(Question question) {
        return question.who().size() == 0
                ? ""
                : "  (" + question.who().nameAt(0) + " "
                        + Json.text(question.who().valueAt(0)) + ")";
    }

    private static @Nullable Boolean approved(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> Boolean.TRUE;
            case "n", "no" -> Boolean.FALSE;
            default -> null;
        };
    }

    /// A field as JSON; what is no JSON is a text. Nothing typed: left out.
    private @Nullable Value field(Type.Field field) throws IOException {
        terminal.err().print("  " + field.name() + " (" + Shape.display(field.type()) + "): ");
        terminal.err().flush();
        String line = lines.readLine();
        if (line == null || line.isBlank()) {
            return null;
        }
        try {
            return Json.read(line.strip());
        } catch (JsonProblem text) {
            return new StringValue(line.strip());
        }
    }

    @Override
    public void close() {
        asker.shutdownNow();
    }
}
