package weir.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.engine.Plan;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.simulation.LocalRun;
import weir.simulation.Surroundings;
import weir.source.Diagnostic;
import weir.source.Location;
import weir.source.Source;
import weir.source.Span;
import weir.value.Json;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.EnvironmentSecrets;

@Command(
        name = "eval",
        description = {
            "Evaluates an expression, as it would be in a workflow.",
            "The input, if there is one, has the name `input`. A text is printed as it is, anything else as JSON."
        },
        footer = {
            "Examples:",
            "  weir eval '[3, 1, 2].toSorted((a, b) => a - b)'",
            "  weir eval 'input.lines.reduce((sum, line) => sum + line.price, 0)' --input order.json",
            "  weir eval 'format.money(12.5, \"EUR\", \"de\")'"
        })
final class EvalCommand implements Callable<Integer> {
    private static final String BEFORE = "workflow eval(input: json) {\n  return ";
    private static final String AFTER = "\n}\n";

    private final Terminal terminal;
    private final Language language;

    @Parameters(arity = "1", paramLabel = "EXPRESSION", description = "The expression; - reads it from standard input.")
    private String expression = "";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "A file, - for standard input, or JSON.")
    private @Nullable String input;

    @Option(names = "--json", description = "JSON also for a text.")
    private boolean json;

    EvalCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        var source = expression.equals(Texts.STANDARD_INPUT)
                ? new Texts(terminal).one(expression)
                : new Source("expression", expression);
        var compiled = language.compile(new Source(source.name(), BEFORE + source.text() + AFTER));
        if (compiled.hasErrors()) {
            var errors = compiled.diagnostics().stream()
                    .filter(Diagnostic::isError)
                    .map(diagnostic -> moved(diagnostic, source))
                    .toList();
            terminal.err().print(terminal.rendererErr().render(errors));
            return Exit.FAILED;
        }
        Value given = input == null ? NullValue.NULL : new Inputs(terminal).read(input);
        try (var sandbox = new Sandbox(Limits.STANDARD, Settings.budget(terminal))) {
            var plan = Plan.of(
                    compiled.graphs().getFirst(), Settings.read(terminal).values(), sandbox, null);
            var secrets = new EnvironmentSecrets(terminal.environment());
            var view = LocalRun.run(
                            plan,
                            RecordValue.of("input", given),
                            Surroundings.of(Map.of(), secrets),
                            (run, frame) -> {})
                    .view();
            var error = view.error();
            if (error != null) {
                throw Failure.failed(error.message() + " (" + error.code() + ")");
            }
            Value value = view.output() == null ? NullValue.NULL : view.output();
            terminal.out().println(value instanceof StringValue(String text) && !json ? text : Json.pretty(value));
            return Exit.OK;
        }
    }

    /// As if the expression stood alone, because that is what the user sees. Corrections would be told in places of
    /// the whole text, so they are left out.
    private static Diagnostic moved(Diagnostic diagnostic, Source source) {
        int length = source.text().length();
        var span = diagnostic.at().span();
        int start = Math.clamp(span.start() - BEFORE.length(), 0, length);
        int end = Math.clamp(span.end() - BEFORE.length(), start, length);
        var moved = new Diagnostic(
                diagnostic.code(),
                diagnostic.severity(),
                diagnostic.message(),
                new Location(source, new Span(start, end)),
                java.util.List.of(),
                diagnostic.hint(),
                java.util.List.of());
        return moved;
    }
}
