package weir.server;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Plan;
import weir.graph.Node;
import weir.model.Answers;
import weir.model.Shape;
import weir.model.Type;
import weir.store.Tasks;
import weir.store.Views;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Plans;
import weir.worker.Runs;

/// What runs ask people: list the questions, answer them. Who may answer is not looked at before there are users; the
/// answer says who gave it.
final class TasksApi {
    private final Runs runs;
    private final Views views;
    private final Plans plans;

    TasksApi(Backend backend) {
        this.runs = backend.runs();
        this.views = backend.views();
        this.plans = backend.plans();
    }

    void routes(Routes routes) {
        routes.get("/api/v1/tasks", this::list)
                .get("/api/v1/tasks/{id}", this::get)
                .post("/api/v1/tasks/{id}/answer", this::answer);
    }

    private void list(Exchange exchange) {
        int limit = Paging.limit(exchange);
        var tasks = runs.tasks()
                .list(new Tasks.Query(
                        Backend.ORGANISATION,
                        state(exchange.query("status")),
                        filled(exchange.query("role")),
                        filled(exchange.query("person")),
                        Paging.id(exchange, "run", "the id of a run"),
                        Paging.cursor(exchange),
                        limit));
        exchange.answer(RecordValue.builder()
                .put("tasks", Documents.list(tasks, this::document))
                .put(
                        "next",
                        tasks.size() < limit
                                ? NullValue.NULL
                                : Value.of(tasks.getLast().id().toString()))
                .build());
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static Tasks.@Nullable State state(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        for (var state : Tasks.State.values()) {
            if (state.name().equalsIgnoreCase(text)) {
                return state;
            }
        }
        throw Problem.badRequest("`status` is one of open, answered, withdrawn.")
                .thrown();
    }

    private void get(Exchange exchange) {
        exchange.answer(document(find(exchange)));
    }

    private Tasks.Task find(Exchange exchange) {
        String text = exchange.part("id");
        try {
            return runs.tasks()
                    .find(Backend.ORGANISATION, UUID.fromString(text))
                    .orElseThrow(() -> Problem.notFound("task", text).thrown());
        } catch (IllegalArgumentException wrong) {
            throw Problem.notFound("task", text).thrown();
        }
    }

    private void answer(Exchange exchange) {
        var task = find(exchange);
        if (task.state() != Tasks.State.OPEN) {
            throw closed(task.state());
        }
        var given = exchange.object(exchange.body());
        if (given.get("by") == null) {
            given = given.with("by", Value.of("api"));
        }
        var plan = plan(task);
        var answer = Inputs.fit(given, type(plan, task), plan.library());
        if (!runs.answer(Backend.ORGANISATION, task, answer)) {
            throw closed(runs.tasks()
                    .find(Backend.ORGANISATION, task.id())
                    .map(Tasks.Task::state)
                    .filter(state -> state != Tasks.State.OPEN)
                    .orElse(Tasks.State.WITHDRAWN));
        }
        exchange.answer(document(find(exchange)));
    }

    private static Problem.Thrown closed(Tasks.State state) {
        return Problem.of(
                        409,
                        "task_closed",
                        "The question is closed",
                        state == Tasks.State.ANSWERED
                                ? "Somebody has answered it already."
                                : "The run does not wait for the answer any more.")
                .thrown();
    }

    private Plan plan(Tasks.Task task) {
        return plans.of(views.find(Backend.ORGANISATION, task.run())
                .orElseThrow(
                        () -> Problem.notFound("run", task.run().toString()).thrown())
                .version());
    }

    /// What an answer consists of.
    private static Type.RecordOf type(Plan plan, Tasks.Task task) {
        Type more = plan.node(task.path()).orElse(null) instanceof Node.Ask ask ? ask.answer() : null;
        if (more instanceof Type.Named(String name)) {
            more = plan.library().types().get(name);
        }
        return Answers.type(more instanceof Type.RecordOf record ? record.fields() : List.of());
    }

    private RecordValue document(Tasks.Task task) {
        var plan = plan(task);
        return RecordValue.builder()
                .put("id", Value.of(task.id().toString()))
                .put("run", Value.of(task.run().toString()))
                .put("workflow", Value.of(plan.graph().workflow()))
                .put("path", Value.of(task.path()))
                .put("question", Value.of(task.question()))
                .put("role", Documents.text(task.role()))
                .put("person", Documents.text(task.person()))
                .put("status", Value.of(task.state().name().toLowerCase(Locale.ROOT)))
                .put("askedAt", Documents.time(task.askedAt()))
                .put("until", Documents.time(task.until()))
                .put("answer", Documents.orNull(task.answer()))
                .put("fields", Documents.list(type(plan, task).fields(), TasksApi::field))
                .build();
    }

    /// A field of the answer, for forms.
    private static RecordValue field(Type.Field field) {
        return RecordValue.builder()
                .put("name", Value.of(field.name()))
                .put("type", Value.of(Shape.display(field.type())))
                .put("optional", Value.of(field.optional()))
                .put("doc", Value.of(field.doc()))
                .build();
    }
}
