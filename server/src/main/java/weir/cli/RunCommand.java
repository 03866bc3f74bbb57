package weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.embedded.DataDirectory;
import weir.engine.Plan;
import weir.engine.RunError;
import weir.engine.RunView;
import weir.engine.RunViewJson;
import weir.eval.EvaluationError;
import weir.eval.Programs;
import weir.graph.Graph;
import weir.integrations.Blobs;
import weir.integrations.EnvironmentConnections;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.simulation.LocalRun;
import weir.simulation.Surroundings;
import weir.source.Source;
import weir.store.memory.MemoryKeptValues;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.EnvironmentSecrets;
import weir.worker.Handler;

@Command(
        name = "run",
        description = {
            "Runs a workflow once, in memory and without a server.",
            "Steps are performed for real and shown as they go; the output is printed on standard output. Workflows of"
                    + " the same text run along as children, and what the run asks is asked here. Ends with 1 when the"
                    + " run fails. Nothing is kept: for durable runs there is `weir serve`."
        },
        footer = {
            "Examples:",
            "  weir run greeting.weir --input '{\"name\": \"Ada\", \"hour\": 9}'",
            "  weir run orders.weir order_intake --input order.json",
            "  weir run approval.weir --answer approval='{\"approved\": true}' --emit paid='{\"id\": \"o1\"}'",
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

    @Option(
            names = "--answer",
            paramLabel = "NAME=JSON",
            description = "The answer to the question of that name, or with ask= to any question.")
    private Map<String, String> answers = new LinkedHashMap<>();

    @Option(
            names = "--emit",
            paramLabel = "EVENT=JSON",
            description = "An event that is sent as soon as the run has begun.")
    private List<String> events = List.of();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Adds a test to a file, which does again what this run did.")
    private @Nullable String record;

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
        var compiled = language.sound(source);
        // As it would be deployed: so a failure in a used file tells that file's line.
        var whole = language.bundled(source);
        var all = whole.text().equals(source.text()) ? compiled : language.compile(whole);
        String chosen = Language.workflow(compiled, workflow, source.name()).workflow();
        var graph = all.graph(chosen).orElseThrow();
        var settings = Settings.read(terminal);
        var fitting = new Inputs(terminal).fitting(input, graph);
        try (var sandbox = new Sandbox(Limits.STANDARD, Settings.budget(terminal));
                var asking = new Asking(terminal, compiled.library(), answers())) {
            Function<Graph, Plan> plans =
                    one -> Plan.of(one, new Programs(one.library(), settings.values(), sandbox), whole);
            check(new Programs(compiled.library(), settings.values(), sandbox));
            var around = new Surroundings(
                    handlers(settings),
                    new EnvironmentSecrets(terminal.environment()),
                    asking,
                    events(),
                    name -> all.graph(name).map(plans));
            var run = run(plans.apply(graph), fitting, around, asking);
            print(run.view());
            if (record != null) {
                record(source, settings, run, record);
            }
            return conclude(run);
        }
    }

    private void record(Source source, Settings settings, LocalRun run, String file) throws Failure {
        var view = RunViewJson.of(run.id(), run.view());
        var recorded = new Recorder(language, settings.values()).of(source, view);
        var path = terminal.path(file);
        try {
            String before = Files.exists(path) ? Files.readString(path).stripTrailing() + "\n\n" : "";
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(path, use(source, path, before) + before + recorded.text());
        } catch (IOException unwritable) {
            throw Failure.usage("cannot write " + file + ": " + Texts.reason(unwritable) + ".");
        }
        recorded.complaints()
                .forEach(complaint ->
                        terminal.err().println("weir: the recorded test does not pass as it stands: " + complaint));
    }

    /// What another file needs so that its tests find the workflow.
    private String use(Source source, Path path, String before) throws Failure {
        Path text = terminal.path(source.name()).toAbsolutePath().normalize();
        Path other = path.toAbsolutePath().normalize();
        if (text.equals(other) || source.name().equals(Texts.STANDARD_INPUT_NAME)) {
            return "";
        }
        Path folder = other.getParent();
        String way =
                (folder == null ? text : folder.relativize(text)).toString().replace('\\', '/');
        String use = "use \"" + way + "\"\n";
        return before.contains(use) ? "" : use + (before.startsWith("use ") ? "" : "\n");
    }

    private int conclude(LocalRun run) {
        for (var wait : run.waiting()) {
            String name = wait.path().substring(wait.path().lastIndexOf('/') + 1);
            String why = switch (wait.kind()) {
                case EVENT ->
                    "nothing sends %s \"%s\"%s; give --emit %s='{…}'"
                            .formatted(
                                    wait.ignored() == null ? "the event" : "an event",
                                    wait.what(),
                                    wait.ignored() == null ? "" : " that is of use to it",
                                    wait.what());
                case ANSWER ->
                    "nobody answers \"%s\"; give --answer %s='{\"approved\": true}'".formatted(wait.what(), name);
            };
            terminal.err()
                    .println(terminal.paintErr(Terminal.Style.BAD, "✗ " + wait.workflow() + " waits for ever:") + " "
                            + why);
        }
        return run.view().status() == RunView.Status.SUCCEEDED ? Exit.OK : Exit.FAILED;
    }

    private Map<String, RecordValue> answers() throws Failure {
        Map<String, RecordValue> read = new LinkedHashMap<>();
        for (var answer : answers.entrySet()) {
            if (!(json("--answer " + answer.getKey(), answer.getValue()) instanceof RecordValue record)) {
                throw Failure.usage("--answer " + answer.getKey() + " takes a JSON object, as {\"approved\": true}.");
            }
            read.put(answer.getKey(), record);
        }
        return read;
    }

    private List<Surroundings.Event> events() throws Failure {
        List<Surroundings.Event> read = new ArrayList<>();
        for (String event : events) {
            int equals = event.indexOf('=');
            String name = equals < 0 ? event : event.substring(0, equals);
            Value payload = equals < 0 ? NullValue.NULL : json("--emit " + name, event.substring(equals + 1));
            read.add(new Surroundings.Event(name, payload));
        }
        return read;
    }

    private static Value json(String option, String text) throws Failure {
        try {
            return Json.read(text);
        } catch (JsonProblem wrong) {
            throw Failure.usage(option + " is no JSON that can be used: " + wrong.sentence());
        }
    }

    private Map<String, Handler> handlers(Settings settings) {
        String data = terminal.variable("WEIR_DATA");
        Path home =
                data.isBlank() ? DataDirectory.standard() : terminal.folder().resolve(data);
        return Handlers.all(new Handlers.Ground(
                settings.addresses(true),
                new EnvironmentConnections(terminal.environment()),
                new MemoryKeptValues(InstantSource.system()),
                new Blobs(home.resolve("files")),
                settings.folder()));
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

    private LocalRun run(Plan plan, RecordValue given, Surroundings around, Asking asking) throws InterruptedException {
        if (json && !terminal.screens().err()) {
            return LocalRun.run(plan, given, around, (run, frame) -> {});
        }
        try (var display = new RunDisplay(terminal, plan::node, InstantSource.system(), sent(around))) {
            asking.holding(display::hold);
            return LocalRun.run(plan, given, around, display::show);
        }
    }

    private static Set<String> sent(Surroundings around) {
        return around.events().stream().map(Surroundings.Event::name).collect(Collectors.toSet());
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
