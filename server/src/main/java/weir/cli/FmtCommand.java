package weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.cli.Terminal.Style;
import weir.format.Formatter;
import weir.source.Source;

@Command(
        name = "fmt",
        description = {
            "Writes texts the one way they are written.",
            "Files are changed in place, comments stay; - reads standard input and prints the outcome. A text that cannot"
                    + " be read stays as it is, and the command ends with 1."
        },
        footer = {
            "Examples:",
            "  weir fmt orders.weir",
            "  weir fmt --check .          for build servers: changes nothing, ends with 1 if something would change",
            "  weir fmt - < orders.weir"
        })
final class FmtCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file, a folder, or - for standard input.")
    private List<String> files = List.of();

    @Option(names = "--check", description = "Only names the files that would change.")
    private boolean check;

    FmtCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        int changed = 0;
        var texts = new Texts(terminal);
        var sources = texts.all(files);
        int exit = texts.missed() ? Exit.FAILED : Exit.OK;
        for (var source : sources) {
            var formatted = Formatter.format(source);
            if (!formatted.diagnostics().isEmpty()) {
                terminal.err().print(terminal.rendererErr().render(formatted.diagnostics()));
                exit = Exit.FAILED;
            } else if (source.name().equals(Texts.STANDARD_INPUT_NAME) && !check) {
                terminal.out().print(formatted.text());
            } else if (!formatted.text().equals(source.text())) {
                changed++;
                tell(source);
                if (check) {
                    exit = Exit.FAILED;
                } else {
                    write(source, formatted.text());
                }
            }
        }
        if (changed == 0 && exit == Exit.OK && terminal.screens().err()) {
            terminal.err().println(terminal.paintErr(Style.GOOD, "✓") + " Nothing to change.");
        }
        return exit;
    }

    private void tell(Source source) {
        terminal.out().println(check ? source.name() + " is not formatted" : source.name());
    }

    private void write(Source source, String text) throws Failure {
        try {
            Files.writeString(terminal.path(source.name()), text);
        } catch (IOException unwritable) {
            throw Failure.usage("cannot write " + source.name() + ": " + Texts.reason(unwritable) + ".");
        }
    }
}
