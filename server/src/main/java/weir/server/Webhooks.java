package weir.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.eval.Programs;
import weir.graph.Expr;
import weir.graph.Start;
import weir.model.Type;
import weir.value.BooleanValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Evaluations;
import weir.worker.Evaluations.Prepared;

/// The webhooks of the active versions, by method and path, with their expressions compiled.
final class Webhooks {
    private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
    private static final List<String> EVENT = List.of("event");

    private final Deployments deployments;
    private final Evaluations evaluations;
    private final Callers callers;
    private volatile Map<String, Map<String, Hook>> byPath = Map.of();

    Webhooks(Deployments deployments, Evaluations evaluations, Callers callers) {
        this.deployments = deployments;
        this.evaluations = evaluations;
        this.callers = callers;
        deployments.onChange(this::update);
        update();
    }

    /// @param with null: the body is the single parameter
    record Hook(
            Deployments.Workflow workflow,
            Start.Webhook start,
            @Nullable Prepared when,
            @Nullable Map<String, Prepared> with,
            @Nullable Prepared signature,
            @Nullable Prepared auth) {}

    /// Of two workflows that want the same address (which two servers may have deployed at once) the older one
    /// keeps it.
    private synchronized void update() {
        var next = new HashMap<String, Map<String, Hook>>();
        deployments.workflows().stream()
                .filter(workflow -> !workflow.entry().retired())
                .sorted(java.util.Comparator.comparingInt(one -> one.entry().id()))
                .forEach(workflow -> {
                    for (var start : workflow.graph().starts()) {
                        if (start instanceof Start.Webhook webhook) {
                            add(next, workflow, webhook);
                        }
                    }
                });
        byPath = next;
    }

    private void add(Map<String, Map<String, Hook>> table, Deployments.Workflow workflow, Start.Webhook start) {
        var methods = table.computeIfAbsent(start.path(), path -> new TreeMap<>());
        var other = methods.putIfAbsent(start.method(), hook(workflow, start));
        if (other != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the webhook {0} {1} of {2} stays with {3}",
                    start.method(),
                    start.path(),
                    workflow.entry().name(),
                    other.workflow().entry().name());
        }
    }

    private Hook hook(Deployments.Workflow workflow, Start.Webhook start) {
        var programs = evaluations.programs(workflow.graph().library());
        var with = start.with();
        var when = start.when();
        return new Hook(
                workflow,
                start,
                when == null ? null : Evaluations.condition(programs, when, EVENT),
                with == null ? null : Evaluations.with(programs, with),
                prepared(programs, start.signature()),
                prepared(programs, start.auth()));
    }

    private static @Nullable Prepared prepared(Programs programs, @Nullable Expr expr) {
        return expr == null ? null : Evaluations.prepare(programs, expr, List.of());
    }

    Optional<Hook> find(String method, String path) {
        return Optional.ofNullable(byPath.getOrDefault(path, Map.of()).get(method));
    }

    /// The methods that the path takes.
    Set<String> methods(String path) {
        return new TreeSet<>(byPath.getOrDefault(path, Map.of()).keySet());
    }

    /// @throws Problem.Thrown when the caller may not start it
    void verify(Hook hook, Delivery delivery) {
        if (hook.signature != null) {
            callers.verify(evaluations.evaluate(hook.signature), delivery);
        }
        if (hook.auth != null) {
            callers.verify(evaluations.evaluate(hook.auth), delivery);
        }
    }

    /// The workflow's input, or nothing when `when` says that this call starts nothing.
    ///
    /// @throws Problem.Thrown when it does not fit the workflow's parameters
    Optional<RecordValue> input(Hook hook, Delivery delivery) {
        var event = delivery.event();
        try {
            if (hook.when != null && evaluations.evaluate(hook.when, event) != BooleanValue.TRUE) {
                return Optional.empty();
            }
            var input = hook.with == null ? only(hook, delivery) : evaluations.arguments(hook.with, event);
            return Optional.of(Inputs.fit(
                    input, hook.workflow.input(), hook.workflow.graph().library()));
        } catch (EvaluationError error) {
            throw Problem.of(
                            422,
                            "event_not_understood",
                            "The webhook's expressions fail on this",
                            "What was sent is not what the workflow expects: " + error.sentence())
                    .with("reason", Value.of(error.code()))
                    .thrown();
        }
    }

    private static RecordValue only(Hook hook, Delivery delivery) {
        var fields = hook.workflow.input().fields();
        return fields.isEmpty() ? RecordValue.EMPTY : single(fields.getFirst(), delivery);
    }

    private static RecordValue single(Type.Field parameter, Delivery delivery) {
        return RecordValue.of(
                parameter.name(), Documents.orNull(delivery.event().get("body")));
    }
}
