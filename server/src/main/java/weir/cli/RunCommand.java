package weir.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.engine.Plan;
import weir.engine.RunError;
import weir.engine.RunView;
import weir.engine.RunViewJson;
import weir.eval.EvaluationError;
import weir.eval.Programs;
import weir.integrations.Blobs;
import weir.integrations.EnvironmentConnections;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.simulation.LocalRun;
import weir.simulation.Surroundings;
import weir.value.Json;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.EnvironmentSecrets;

@Command(
        name = "run",
        description = {
            "Runs a workflow once, in memory and without a server.",
            "Steps are performed for real and shown as they go; the output is printed on standard output. Ends with 1"
                    + " when the run fails. Nothing is kept: for durable runs there is `weir serve`."
        },
        footer = {
            "Examples:",
            "  weir run greeting.weir --input '{\"name\": \"Ada\", \"hour\": 9}'",
            "  weir run orders.weir order_intake --input order.json",
            "  jq -c .order mail.json | weir run orders.weir --input - --json | jq .output",
            "",
            "secret(\"NAME\") is the variable WEIR_SECRET_NAME; WEIR_SETTINGS gives what `settings` declarations read."
        })
final class RunCommand implements Callable<Integer> {
    /// What a run's JSON leaves out, because there is no server that it would mean something to.
    private static final List<String> SHOWN =
            List.of("workflow", "status", "output", "error", "startedAt", "endedAt", "steps", "logs");

    private final Terminal terminal;
    private final Language language;

    @Parameters(index = "0", paramLabel = "FILE", description = "The text; - reads it from standard input.")
    private String file = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "WORKFLOW",
            description = "Which one, if the text declares several.")
    private @Nullable String workflow;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "The input: a file, - for standard input, or JSON.")
    private @Nullable String input;

    @Option(
            names = "--json",
            description = "One JSON object: {workflow, status, output, error, startedAt, endedAt, steps, logs}.")
    private boolean json;

    RunCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        if (file.equals(Texts.STANDARD_INPUT) && Objects.equals(input, Texts.STANDARD_INPUT)) {
            throw Failure.usage("the text and the input cannot both come from standard input.");
        }
        Logs.toTerminal(terminal);
        var source = new Texts(terminal).one(file);
        var graph = Language.workflow(language.sound(source), workflow, source.name());
        var settings = Settings.read(terminal);
        var fitting = new Inputs(terminal).fitting(input, graph);
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            var programs = new Programs(graph.library(), settings.values(), sandbox);
            check(programs);
            var plan = Plan.of(graph, programs, source);
            var view = run(plan, fitting, settings.addresses(true));
            print(view);
            return view.status() == RunView.Status.SUCCEEDED ? Exit.OK : Exit.FAILED;
        }
    }

    private static void check(Programs programs) throws Failure {
        try {
            var unfit = programs.unfitSettings();
            if (!unfit.isEmpty()) {
                throw Failure.missing(unfit.getFirst()
                        + "; give WEIR_SETTINGS, a JSON object or a file with one, or the setting a standard value.");
            }
        } catch (EvaluationError wrong) {
            throw Failure.missing("the standard value of a setting fails: " + wrong.getMessage());
        }
    }

    private RunView run(Plan plan, RecordValue given, AddressRules rules) throws InterruptedException {
        var secrets = new EnvironmentSecrets(terminal.environment());
        var connections = new EnvironmentConnections(terminal.environment());
        var blobs = new Blobs(Path.of(System.getProperty("java.io.tmpdir"), "weir-files"));
        var around = Surroundings.of(Handlers.all(rules, connections, blobs), secrets);
        boolean quiet = json && !terminal.screens().err();
        if (quiet) {
            return LocalRun.run(plan, given, around, (run, frame) -> {}).view();
        }
        try (var display = new RunDisplay(terminal, plan::node, InstantSource.system())) {
            return LocalRun.run(plan, given, around, (run, frame) -> display.show(frame))
                    .view();
        }
    }

    private void print(RunView view) {
        if (json) {
            var whole = RunViewJson.of(new java.util.UUID(0, 0), view);
            var shown = RecordValue.builder();
            SHOWN.forEach(name -> shown.put(name, Objects.requireNonNullElse(whole.get(name), NullValue.NULL)));
            terminal.out().println(Json.pretty(shown.build()));
            return;
        }
        var error = view.error();
        if (error != null) {
            terminal.err()
                    .println(terminal.paintErr(Terminal.Style.BAD, "✗ " + view.workflow() + " failed:") + " "
                            + told(error));
        } else if (view.output() != null && view.output() != NullValue.NULL) {
            terminal.out().println(text(view.output()));
        }
    }

    private static String told(RunError error) {
        var text = new StringBuilder(error.message().isEmpty() ? error.code() : error.message());
        text.append(" (").append(error.code());
        if (error.step() != null) {
            text.append(", step ").append(error.step());
        }
        return text.append(')').toString();
    }

    private static String text(Value value) {
        return value instanceof StringValue(String words) ? words : Json.pretty(value);
    }
}
