package weir.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Engine;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.Message;
import weir.engine.Moving;
import weir.engine.Plan;
import weir.engine.Retelling;
import weir.graph.Graph;
import weir.graph.Node;
import weir.model.Action;
import weir.model.Catalog;
import weir.model.Type;
import weir.store.Journal;
import weir.store.Registry;
import weir.store.Views;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.Plans;
import weir.worker.Runs;

/// What people ask of runs that are there: to stop, to pause, to go on. Who asks twice before something happened asks
/// once.
final class RunOperations {
    private final Runs runs;
    private final Views views;

    private final Registry registry;
    private final Plans plans;
    private final Catalog catalog;
    private final Deployments deployments;

    RunOperations(Backend backend, Deployments deployments) {
        this.registry = backend.registry();
        this.plans = backend.plans();
        this.catalog = backend.catalog();
        this.deployments = deployments;
        this.runs = backend.runs();
        this.views = backend.views();
    }

    /// @throws Problem.Thrown 409 `run_over`
    void cancel(Views.Row row) {
        require(runs.cancel(Backend.ORGANISATION, row.run(), "cancelled by API", "api/cancel"), row);
    }

    /// Lets a failed run end, as cancelled.
    ///
    /// @throws Problem.Thrown 409 `run_over`
    void drop(Views.Row row) {
        var source = "api/drop/" + head(row.run());
        require(runs.cancel(Backend.ORGANISATION, row.run(), "dropped by API", source), row);
    }

    /// @throws Problem.Thrown 409 when it has ended or failed
    void pause(Views.Row row) {
        switch (row.state()) {
            case QUEUED, RUNNING, WAITING -> {
                var source = "api/pause/" + head(row.run());
                require(runs.pause(Backend.ORGANISATION, row.run(), "paused by API", source), row);
            }
            case PAUSED -> {
                // It is.
            }
            case PARKED ->
                throw Problem.of(409, "not_pausable", "Nothing to pause", "The run has failed; nothing of it goes on.")
                        .thrown();
            case SUCCEEDED, FAILED, CANCELLED -> throw over(row);
        }
    }

    /// @param onto the number of the version that it is to go on with, null: its own
    /// @throws Problem.Thrown 409 when it neither has failed nor is paused, 422 when it does not fit the version
    void resume(Views.Row row, @Nullable Integer onto) {
        requireRest(row);
        if (onto == null) {
            require(runs.resume(Backend.ORGANISATION, row.run(), "resumed by API", source(row)), row);
            return;
        }
        var version = requireFit(row, onto);
        var moved = new Message.Onto(version.id(), version.number(), version.hash());
        String source = source(row) + "/" + onto;
        require(runs.resume(Backend.ORGANISATION, row.run(), new Message.Resume("resumed by API", moved), source), row);
    }

    /// @throws Problem.Thrown naming the first place of the run that does not fit the version
    Registry.Version requireFit(Views.Row row, int number) {
        if (row.state() != Views.State.PARKED) {
            throw Problem.of(
                            409,
                            "not_movable",
                            "Only failed runs change their version",
                            "Only a failed run that is resumable can go on with another version; this one is "
                                    + Documents.status(row.state()) + ".")
                    .thrown();
        }
        var version = version(row.workflow(), number);
        var frames = views.frames(Backend.ORGANISATION, row.run(), 0);
        var state = Engine.fold(plans.of(row.version()), row.run(), frames, plans::of);
        var misfit = Moving.misfit(state, plans.of(version), this::gives);
        if (misfit != null) {
            throw misfit(misfit, number);
        }
        return version;
    }

    private Registry.Version version(int workflow, int number) {
        return registry.version(workflow, number)
                .orElseThrow(() ->
                        Problem.notFound("version", Integer.toString(number)).thrown());
    }

    private static Problem.Thrown misfit(Moving.Misfit misfit, int number) {
        return Problem.of(
                        422,
                        "version_does_not_fit",
                        "The run does not fit the version",
                        "Nothing was changed. Version " + number + ": " + misfit.sentence() + ".")
                .with("path", Value.of(misfit.path()))
                .with("recorded", Value.of(misfit.recorded()))
                .with("wanted", Value.of(misfit.wanted()))
                .thrown();
    }

    /// What a step is declared to give, null when nobody says.
    private @Nullable Type gives(Node node) {
        var type = switch (node) {
            case Node.Step step ->
                catalog.find(step.integration(), step.version())
                        .flatMap(found -> found.action(step.action()))
                        .map(Action::result)
                        .orElse(null);
            case Node.Child child ->
                deployments
                        .workflow(child.workflow())
                        .map(one -> one.graph().result())
                        .orElse(null);
            // Default: only steps have declarations of their own.
            default -> null;
        };
        return type == Type.Basic.NULL ? null : type;
    }

    Graph.Priority priority(Views.Row row) {
        return plans.of(row.version()).graph().limits().priority();
    }

    /// Starts a new run of the same workflow that begins at a step of another run.
    ///
    /// @param request `from`, `input`, `outputs`, `version`, each if wanted
    /// @throws Problem.Thrown when something of it does not fit
    UUID replay(Views.Row row, RecordValue request) {
        var frames = views.frames(Backend.ORGANISATION, row.run(), 0);
        var started = Objects.requireNonNull(RunsApi.started(frames.getFirst()));
        var version = request.get("version") == null
                ? registry.version(row.version()).orElseThrow()
                : version(row.workflow(), RunsApi.whole(request.get("version"), "version"));
        var plan = plans.of(version);
        var given = request.get("input") == null ? started.input() : record(request, "input");
        var input = Inputs.fit(given, Deployments.record(plan.graph().parameters()), plan.library());
        String from = request.get("from") instanceof StringValue(String path) ? path : "";
        var replayed = Retelling.with(facts(row, frames, plan, from), outputs(request, plan));
        var misfit = Retelling.misfit(plan, replayed, this::gives);
        if (misfit != null) {
            throw misfit(misfit, version.number());
        }
        var workflow = registry.find(row.workflow()).orElseThrow();
        var start = new Runs.StartRequest(workflow, version, input, "replay of " + row.run(), null, false);
        return switch (runs.replay(start, replayed)) {
            case Journal.Accepted.Fresh(UUID run) -> run;
            case Journal.Accepted.Known(UUID run) -> run;
            case Journal.Accepted.Conflict(UUID run) -> run;
        };
    }

    private static Entry.Replayed facts(Views.Row row, List<Frame> frames, Plan plan, String from) {
        if (from.isEmpty()) {
            return new Entry.Replayed(row.run(), "", List.of());
        }
        return Retelling.of(plan, row.run(), frames, from)
                .orElseThrow(() -> Problem.of(
                                422,
                                "step_not_reached",
                                "The run never came to the step",
                                "Run " + row.run() + " has no step at the path `" + Problem.shortened(from)
                                        + "`. Paths are as `GET /api/v1/runs/{id}` tells them.")
                        .thrown());
    }

    private static Map<String, Value> outputs(RecordValue request, Plan plan) {
        var outputs = new LinkedHashMap<String, Value>();
        if (request.get("outputs") != null) {
            record(request, "outputs").forEach((path, output) -> {
                boolean isStep = plan.node(path)
                        .filter(node -> node instanceof Node.Step
                                || node instanceof Node.Child
                                || node instanceof Node.Ask
                                || node instanceof Node.WaitFor)
                        .isPresent();
                if (!isStep) {
                    throw Problem.of(
                                    422,
                                    "no_such_step",
                                    "No such step",
                                    "`outputs` names `" + Problem.shortened(path) + "`, which is no step.")
                            .thrown();
                }
                outputs.put(path, output);
            });
        }
        return outputs;
    }

    private static RecordValue record(RecordValue request, String name) {
        if (request.get(name) instanceof RecordValue record) {
            return record;
        }
        throw Problem.badRequest("`" + name + "` is a JSON object.").thrown();
    }

    private void requireRest(Views.Row row) {
        // One that is asked to pause may still be busy with what was under way.
        boolean pausing = row.state() != Views.State.PARKED && isPausing(row.run());
        if (row.state() != Views.State.PARKED && row.state() != Views.State.PAUSED && !pausing) {
            throw Problem.of(
                            409,
                            "not_resumable",
                            "Nothing to resume",
                            "Only a paused run, or a failed one that is resumable, can be resumed; this one is "
                                    + Documents.status(row.state()) + ".")
                    .thrown();
        }
    }

    private boolean isPausing(UUID run) {
        boolean paused = false;
        for (var frame : views.frames(Backend.ORGANISATION, run, 0)) {
            for (var entry : frame.entries()) {
                if (entry instanceof Entry.MessageTaken(int _, var message)) {
                    paused = switch (message) {
                        case Message.Pause _ -> true;
                        case Message.Resume _, Message.Cancel _ -> false;
                        case Message.ChildEnded _,
                                Message.Answered _,
                                Message.Published _,
                                Message.Reported _,
                                Message.Ordered _ -> paused;
                    };
                }
            }
        }
        return paused;
    }

    /// After another failure the journal is longer and the wish a new one.
    private String source(Views.Row row) {
        return "api/resume/" + head(row.run());
    }

    private int head(UUID run) {
        var ends = views.ends(Backend.ORGANISATION, List.of(run)).get(run);
        return ends == null ? 0 : ends.last().seq();
    }

    private void require(boolean told, Views.Row row) {
        if (!told) {
            throw over(views.find(Backend.ORGANISATION, row.run()).orElse(row));
        }
    }

    private static Problem.Thrown over(Views.Row row) {
        return Problem.of(
                        409,
                        "run_over",
                        "The run is over",
                        "The run has ended (" + Documents.status(row.state()) + ").")
                .thrown();
    }
}
