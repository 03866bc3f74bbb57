package weir.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.graph.Start;
import weir.model.Parameter;
import weir.model.Shape;
import weir.model.Type;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.store.Registry;
import weir.store.Views;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Workflows: what is deployed, and deploying.
final class WorkflowsApi {
    /// Longer names of files are none.
    private static final int LONGEST_FILE = 500;

    private final Deployments deployments;
    private final Registry registry;
    private final RunCounts counts;
    private final ConnectionWarnings connections;
    private final VersionsApi changes;

    WorkflowsApi(Deployments deployments, Backend backend) {
        this.deployments = deployments;
        this.registry = backend.registry();
        this.counts = new RunCounts(backend.views(), backend.clock());
        this.changes = new VersionsApi(deployments, backend);
        this.connections = new ConnectionWarnings(backend);
    }

    void routes(Routes routes) {
        routes.get("/api/v1/workflows", this::list)
                .get("/api/v1/workflows/{name}", this::get)
                .get("/api/v1/workflows/{name}/versions/{version}", this::version)
                .put("/api/v1/workflows/{name}", this::put);
        changes.routes(routes);
    }

    private void list(Exchange exchange) {
        var counted = counts.get();
        var workflows = Documents.list(
                deployments.workflows(),
                workflow ->
                        summary(workflow, counted.getOrDefault(workflow.entry().id(), Map.of())));
        exchange.answer(RecordValue.of("workflows", workflows));
    }

    private static RecordValue summary(Deployments.Workflow workflow, Map<Views.State, Long> counts) {
        long failed = sum(counts, Views.State.FAILED, Views.State.PARKED);
        long under = sum(counts, Views.State.QUEUED, Views.State.RUNNING, Views.State.WAITING, Views.State.PAUSED);
        return RecordValue.builder()
                .put("name", Value.of(workflow.entry().name()))
                .put("version", Value.of(workflow.version().number()))
                .put("hash", Value.of(workflow.version().hash()))
                .put("file", Value.of(file(workflow)))
                .put("retired", Value.of(workflow.entry().retired()))
                .put("doc", Value.of(workflow.graph().doc()))
                .put("updatedAt", Documents.time(workflow.version().at()))
                .put("triggers", triggers(workflow))
                .put("rules", Documents.list(workflow.graph().library().rules(), set -> Value.of(set.name())))
                .put(
                        "runs",
                        RecordValue.builder()
                                .put("succeeded", Documents.number(sum(counts, Views.State.SUCCEEDED)))
                                .put("failed", Documents.number(failed))
                                .put("running", Documents.number(under))
                                .build())
                .build();
    }

    /// The file that declares it.
    private static String file(Deployments.Workflow workflow) {
        String file = workflow.version().file();
        return file.isEmpty() ? workflow.entry().name() + ".weir" : file;
    }

    private static long sum(Map<Views.State, Long> counts, Views.State... states) {
        return List.of(states).stream()
                .mapToLong(state -> counts.getOrDefault(state, 0L))
                .sum();
    }

    private static Value triggers(Deployments.Workflow workflow) {
        var starts = workflow.graph().starts();
        return starts.isEmpty()
                ? Documents.list(List.of("by hand or by API"), text -> trigger("manual", text))
                : Documents.list(starts, WorkflowsApi::trigger);
    }

    private static RecordValue trigger(Start start) {
        return switch (start) {
            case Start.Webhook hook -> trigger("webhook", hook.method() + " /hooks" + hook.path());
            case Start.Cron cron -> trigger("schedule", cron.cron() + " " + cron.zone());
            case Start.Every every -> trigger("schedule", "every " + shown(Duration.ofMillis(every.every())));
            case Start.Event event -> trigger("event", event.event());
            case Start.Integrated other -> trigger("event", other.integration() + "." + other.trigger());
        };
    }

    private static RecordValue trigger(String kind, String summary) {
        return RecordValue.builder()
                .put("kind", Value.of(kind))
                .put("summary", Value.of(summary))
                .build();
    }

    /// As the language writes it: `1h30m`.
    static String shown(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    private void get(Exchange exchange) {
        var workflow = find(exchange.part("name"));
        var graph = workflow.graph();
        var text =
                new Source(workflow.entry().name() + ".weir", workflow.version().text());
        exchange.answer(RecordValue.builder()
                .put("name", Value.of(workflow.entry().name()))
                .put("version", Value.of(workflow.version().number()))
                .put("hash", Value.of(workflow.version().hash()))
                .put("text", Value.of(text.text()))
                .put("doc", Value.of(graph.doc()))
                .put("parameters", Documents.list(graph.parameters(), WorkflowsApi::parameter))
                .put("result", result(graph.result()))
                .put("graph", Documents.drawing(graph, text))
                .put("inputExample", Documents.value(new Shape(graph.library().types()).example(graph.parameters())))
                .put(
                        "versions",
                        Documents.list(registry.versions(workflow.entry().id()), WorkflowsApi::version))
                .put("triggers", triggers(workflow))
                .put("retired", Value.of(workflow.entry().retired()))
                .put("split", VersionsApi.split(workflow.entry()))
                .build());
    }

    /// A version's text, also of one that is not active any more: runs are pinned to it.
    private void version(Exchange exchange) {
        var workflow = find(exchange.part("name"));
        String wanted = exchange.part("version");
        var version = registry.versions(workflow.entry().id()).stream()
                .filter(one -> String.valueOf(one.number()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("version", wanted).thrown());
        exchange.answer(version(version).with("text", Value.of(version.text())));
    }

    private Deployments.Workflow find(String name) {
        return deployments
                .workflow(name)
                .orElseThrow(() -> Problem.notFound("workflow", name).thrown());
    }

    private static RecordValue parameter(Parameter parameter) {
        return RecordValue.builder()
                .put("name", Value.of(parameter.name()))
                .put("type", Value.of(Shape.display(parameter.type())))
                .put("optional", Value.of(parameter.optional()))
                .put("doc", Value.of(parameter.doc()))
                .build();
    }

    private static Value result(Type type) {
        return type == Type.Basic.NULL ? NullValue.NULL : Value.of(Shape.display(type));
    }

    private static RecordValue version(Registry.Version version) {
        return RecordValue.builder()
                .put("version", Value.of(version.number()))
                .put("hash", Value.of(version.hash()))
                .put("file", Value.of(version.file()))
                .put("at", Documents.time(version.at()))
                .build();
    }

    private void put(Exchange exchange) {
        String name = exchange.part("name");
        boolean replace = "true".equals(exchange.query("replace"));
        switch (deployments.deploy(name, exchange.text(), fileOf(exchange), replace)) {
            case Deployments.Outcome.Stored(Registry.Version version, var all, var warnings) ->
                exchange.answer(RecordValue.builder()
                        .put("name", Value.of(name))
                        .put("version", Value.of(version.number()))
                        .put("hash", Value.of(version.hash()))
                        .put("deployed", Documents.list(all.entrySet(), WorkflowsApi::deployed))
                        .put("gone", gone(version.file(), all.keySet()))
                        .put("warnings", Documents.diagnostics(warnings(warnings, version)))
                        .build());
            case Deployments.Outcome.Wrong(var diagnostics) ->
                throw Problem.of(422, "invalid_text", "The text has errors", errors(diagnostics.size()))
                        .with("diagnostics", Documents.diagnostics(diagnostics))
                        .thrown();
            case Deployments.Outcome.Refused(Problem problem) -> throw problem.thrown();
        }
    }

    private Value gone(String file, java.util.Collection<Ownership.Declared> declared) {
        return Documents.list(
                deployments.gone(file, declared),
                entry -> RecordValue.builder()
                        .put("kind", Value.of(entry.kind() == Registry.Kind.RULES ? "rules" : "workflow"))
                        .put("name", Value.of(entry.name()))
                        .build());
    }

    /// What the client calls the file; null when it does not say.
    private static @Nullable String fileOf(Exchange exchange) {
        String file = exchange.query("file");
        if (file != null
                && (file.isBlank()
                        || file.length() > LONGEST_FILE
                        || !file.chars().allMatch(c -> c >= ' '))) {
            throw Problem.of(
                            400,
                            "bad_file",
                            "No name of a file",
                            "`file` is what the project calls the text, as orders.weir or shop/orders.weir.")
                    .thrown();
        }
        return file;
    }

    private static RecordValue deployed(Map.Entry<Ownership.Declared, Registry.Version> one) {
        var declared = one.getKey();
        return RecordValue.builder()
                .put("kind", Value.of(declared.kind() == Registry.Kind.RULES ? "rules" : "workflow"))
                .put("name", Value.of(declared.name()))
                .put("version", Value.of(one.getValue().number()))
                .put("hash", Value.of(one.getValue().hash()))
                .put("file", Value.of(declared.owner()))
                .build();
    }

    /// What the compiler says, and what only this server knows of the workflows that came with the text.
    private List<Diagnostic> warnings(List<Diagnostic> compiler, Registry.Version deployed) {
        var all = new ArrayList<>(compiler);
        for (var workflow : deployments.workflows()) {
            if (workflow.version().text().equals(deployed.text())) {
                var source = new Source(workflow.entry().name() + ".weir", deployed.text());
                all.addAll(connections.of(workflow.graph(), source));
            }
        }
        return all;
    }

    private static String errors(int count) {
        return "Nothing was deployed. `diagnostics` tells what is wrong and where (" + count
                + (count == 1 ? " message)." : " messages).");
    }
}
