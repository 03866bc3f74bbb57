package weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.source.Diagnostic;
import weir.source.DiagnosticJson;
import weir.source.Renderer;

@Command(
        name = "check",
        description = {
            "Finds mistakes in texts without running them.",
            "Names, types, missing values, unsafe retries, holes in rule tables: with the place, the reason and the"
                    + " correction. Ends with 1 when there are errors; warnings alone are no failure."
        },
        footer = {
            "Examples:",
            "  weir check orders.weir",
            "  weir check .                     every .weir file below this folder",
            "  weir check - --json < orders.weir"
        })
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Language language;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file, a folder, or - for standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--json",
            description =
                    "An array of {code, severity, message, file, start: {line, column}, end, related, hint, fixes}.")
    private boolean json;

    @Option(
            names = "--explain-expressions",
            description = {
                "Lists every expression with where it runs: native, or in the JavaScript sandbox and why. With --json an"
                        + " array of {file, start: {line, column}, end, expression, native, reason}."
            })
    private boolean explain;

    CheckCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure {
        var texts = new Texts(terminal);
        var sources = texts.all(files);
        List<Diagnostic> all = new ArrayList<>();
        for (var source : sources) {
            var compiled = language.compile(source);
            all.addAll(compiled.diagnostics());
            if (compiled.tree().declarations().isEmpty() && !compiled.hasErrors()) {
                terminal.err().println("weir: " + source.name() + " holds no declarations.");
            }
        }
        if (explain && all.stream().noneMatch(Diagnostic::isError)) {
            new ExpressionTable(terminal).print(language.placements(sources), json);
            return texts.missed() ? Exit.FAILED : Exit.OK;
        }
        if (json) {
            terminal.out().println(DiagnosticJson.write(all));
        } else {
            terminal.out().print(terminal.rendererOut().render(all));
            summary(sources.size(), all);
        }
        return texts.missed() || all.stream().anyMatch(Diagnostic::isError) ? Exit.FAILED : Exit.OK;
    }

    /// For people; in a pipe the messages speak for themselves.
    private void summary(int count, List<Diagnostic> all) {
        if (!terminal.screens().out()) {
            return;
        }
        String checked = count == 1 ? "1 file checked" : count + " files checked";
        boolean wrong = all.stream().anyMatch(Diagnostic::isError);
        String found = all.isEmpty() ? "nothing to complain about" : Renderer.summary(all);
        String mark = wrong ? terminal.paint(Terminal.Style.BAD, "✗") : terminal.paint(Terminal.Style.GOOD, "✓");
        terminal.out().println((all.isEmpty() ? "" : "\n") + mark + " " + checked + ": " + found + ".");
        if (wrong) {
            terminal.out()
                    .println(terminal.paint(
                            Terminal.Style.QUIET, "  `weir explain %s` says more.".formatted(firstError(all))));
        }
    }

    private static String firstError(List<Diagnostic> all) {
        return all.stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .orElseThrow()
                .code();
    }
}
