package weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.format.Formatter;
import weir.ide.Document;
import weir.ide.Project;
import weir.ide.Texts;
import weir.model.StandardCatalog;
import weir.source.Renderer;
import weir.source.Source;
import weir.syntax.Parser;

/// How long people wait for the compiler: for a check, for an answer in an editor, for the command in a shell, and how
/// that grows with the text.
final class Compilation implements Figures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] SIZES = {1_000, 5_000, 10_000, 50_000};
    private static final int SHELL_STARTS = 15;

    private final Options options;
    private final Compiler compiler = new Compiler(StandardCatalog.catalog());
    private final Map<String, Histogram> measured = new LinkedHashMap<>();
    private boolean right = true;

    private Compilation(Options options) {
        this.options = options;
    }

    static Compilation run(Options options) throws IOException, InterruptedException {
        var compilation = new Compilation(options);
        String text = ProgramText.of(SIZES[0]);
        compilation.refuseMistakes(text);
        compilation.passes(text);
        compilation.editor(text);
        compilation.growth();
        compilation.shell(text);
        return compilation;
    }

    /// What is measured has to be right, or only the way to the first mistake is measured.
    private void refuseMistakes(String text) throws IOException {
        var compiled = compiler.compile(new Source("bench.weir", text), path -> null);
        if (compiled.hasErrors()) {
            throw new IOException(
                    "the program does not compile:\n" + Renderer.plain().render(compiled.diagnostics()));
        }
    }

    private void passes(String text) {
        int lines = SIZES[0];
        measure("parse_" + lines, i -> Parser.parse(new Source("bench.weir", text)));
        measure("check_" + lines, i -> check(text));
        measure("format_" + lines, i -> Formatter.format(new Source("bench.weir", text)));
    }

    private Compiled check(String text) {
        return compiler.compile(new Source("bench.weir", text), path -> null);
    }

    /// Each answer follows an edit, so nothing of the document is known yet.
    private void editor(String text) {
        var project = new Project(compiler, Texts.NONE);
        int at = text.indexOf("offer.rate", text.length() / 2);
        measure("edit_diagnostics", i -> edited(project, text, at, i).diagnostics());
        measure("edit_completion", i -> {
            var suggestions = edited(project, text, at, i).completion(at + "offer.".length());
            right &= suggestions.stream()
                    .anyMatch(suggestion -> suggestion.label().equals("reason"));
            return suggestions;
        });
        measure("edit_hover", i -> {
            var hover = edited(project, text, at, i).hover(at + "offer.".length() + 1);
            right &= hover.isPresent();
            return hover;
        });
        measure("edit_tokens", i -> edited(project, text, at, i).tokens());
    }

    private static Document edited(Project project, String text, int at, int i) {
        String edit = text.substring(0, at) + " ".repeat(i % 7) + text.substring(at);
        project.put("file:///bench.weir", text.length() + edit.length() > 0 && i % 7 == 0 ? text : edit);
        return Objects.requireNonNull(project.find("file:///bench.weir"));
    }

    private void growth() {
        for (int lines : SIZES) {
            String text = ProgramText.of(lines);
            measure("lines_" + lines, i -> check(text));
        }
    }

    /// The command as somebody types it: a new process each time.
    private void shell(String text) throws IOException, InterruptedException {
        if (!Files.exists(options.root().resolve("server/target/weir.jar"))) {
            Progress.say("the command in a shell is left out: it is not built");
            return;
        }
        Progress.say("shell_check");
        Path file = Files.createTempFile("bench", ".weir");
        try {
            Files.writeString(file, text);
            var times = new Histogram();
            for (int i = 0; i < SHELL_STARTS + 2; i++) {
                long start = System.nanoTime();
                var command = new ProcessBuilder(options.root().resolve("weir").toString(), "check", file.toString())
                        .redirectErrorStream(true)
                        .start();
                command.getOutputStream().close();
                command.getInputStream().readAllBytes();
                right &= command.waitFor() == 0;
                if (i >= 2) {
                    times.record(System.nanoTime() - start);
                }
            }
            measured.put("shell_check", times);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// Warms up, then times single calls.
    private void measure(String name, IntFunction<Object> operation) {
        Progress.say(name);
        long warm = System.nanoTime() + options.warmUp().toNanos();
        int i = 0;
        Object last = "";
        while (System.nanoTime() < warm || i < 3) {
            last = operation.apply(i++);
        }
        var times = new Histogram();
        long end = System.nanoTime() + options.window().toNanos();
        while (System.nanoTime() < end || times.total() < 5) {
            long start = System.nanoTime();
            last = operation.apply(i++);
            times.record(System.nanoTime() - start);
        }
        right &= last != null;
        measured.put(name, times);
    }

    @Override
    public boolean isRight() {
        return right;
    }

    @Override
    public String json() {
        var object = JSON.createObjectNode().put("bench", "compiler");
        measured.forEach((name, times) -> object.putObject(name)
                .put("p50_ms", rounded(times.milliseconds(0.5)))
                .put("p95_ms", rounded(times.milliseconds(0.95)))
                .put("max_ms", rounded(times.milliseconds(1)))
                .put("count", times.total()));
        object.put("cores", Runtime.getRuntime().availableProcessors());
        return object.toString();
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    @Override
    public String table() {
        var text = new StringBuilder(
                String.format(Locale.ROOT, "%-20s %9s %9s %9s %8s%n", "", "p50 ms", "p95 ms", "max ms", "count"));
        measured.forEach((name, times) -> text.append(String.format(
                Locale.ROOT,
                "%-20s %9.2f %9.2f %9.2f %8d%n",
                name.replace('_', ' '),
                times.milliseconds(0.5),
                times.milliseconds(0.95),
                times.milliseconds(1),
                times.total())));
        return text.toString();
    }
}
