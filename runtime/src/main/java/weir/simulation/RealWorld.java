package weir.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Input;
import weir.engine.Message;
import weir.graph.Node;
import weir.model.Answers;
import weir.model.Type;
import weir.store.memory.MemoryStore;
import weir.worker.Performer;
import weir.worker.Stage;
import weir.worker.Threads;

/// The real time, real effects, and people.
final class RealWorld implements World, AutoCloseable {
    private final Surroundings around;
    private final Stage stage = new Threads();
    private final Performer performer;
    private final Map<Place, Performer.Attempt> attempts = new HashMap<>();
    private final Set<UUID> asked = new HashSet<>();
    private final LinkedBlockingQueue<Happening> happened = new LinkedBlockingQueue<>();

    private record Place(UUID run, String path) {}

    RealWorld(Surroundings around) {
        this.around = around;
        this.performer = new Performer(
                around.handlers(), around.secrets(), new MemoryStore().post().quotas(), stage);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public boolean take(LocalRun run, Effect effect) {
        return switch (effect) {
            case Effect.Perform perform -> {
                // Steps of one workflow share their terms; in one process its name is as good as an id.
                int workflow = run.plan().graph().workflow().hashCode();
                var whose = new Performer.Whose(run.id(), 0, workflow, run.plan());
                var attempt = performer.start(whose, perform, input -> add(new Happening.To(run, input)));
                attempts.put(new Place(run.id(), perform.path()), attempt);
                yield true;
            }
            case Effect.Abandon(String path, int _) -> {
                var attempt = attempts.remove(new Place(run.id(), path));
                if (attempt != null) {
                    attempt.abandon();
                }
                yield true;
            }
            case Effect.Ask ask -> {
                ask(run, ask);
                yield true;
            }
            case Effect.Withdraw(String _, UUID task) -> {
                asked.remove(task);
                around.people().withdraw(task);
                yield true;
            }
            case Effect.StartChild _,
                    Effect.StartSegment _,
                    Effect.Instruct _,
                    Effect.Report _,
                    Effect.CancelChild _,
                    Effect.PauseChild _,
                    Effect.Listen _,
                    Effect.Unlisten _,
                    Effect.ReportEnd _,
                    Effect.Publish _ -> false;
        };
    }

    private void ask(LocalRun run, Effect.Ask ask) {
        String step = run.plan().node(ask.path()).orElse(null) instanceof Node.Ask node ? node.name() : null;
        var type = answer(ask.answer(), run);
        var question = new People.Question(ask.task(), step, ask.question(), ask.who(), type, ask.until());
        boolean heard = around.people()
                .ask(
                        question,
                        answer -> add(new Happening.Told(run, new Message.Answered(ask.path(), ask.task(), answer))));
        if (heard) {
            asked.add(ask.task());
        }
    }

    /// What an answer must fit.
    private static Type.RecordOf answer(@Nullable Type more, LocalRun run) {
        @Nullable Type type = more;
        while (type instanceof Type.Named(String name)) {
            type = run.plan().library().types().get(name);
        }
        return Answers.type(type instanceof Type.RecordOf record ? record.fields() : java.util.List.of());
    }

    @Override
    public void add(Happening happening) {
        happened.add(happening);
    }

    @Override
    public Happening next(@Nullable Instant due) throws InterruptedException {
        @Nullable Happening next = happened.poll();
        if (next == null && due != null) {
            long left = Math.max(0, Duration.between(now(), due).toNanos());
            next = happened.poll(left, TimeUnit.NANOSECONDS);
            if (next == null) {
                return new Happening.Due();
            }
        }
        if (next == null) {
            if (attempts.isEmpty() && asked.isEmpty()) {
                return new Happening.Nothing();
            }
            next = happened.take();
        }
        forget(next);
        return next;
    }

    /// What came of it is known.
    private void forget(Happening happening) {
        switch (happening) {
            case Happening.To(var run, Input.Completed(String path, int _, var _)) ->
                attempts.remove(new Place(run.id(), path));
            case Happening.To(var run, Input.Failed(String path, int _, var _)) ->
                attempts.remove(new Place(run.id(), path));
            case Happening.To(var run, Input.Skipped(String path, int _)) -> attempts.remove(new Place(run.id(), path));
            case Happening.To(var run, Input.Postponed(String path, int _, var _)) ->
                attempts.remove(new Place(run.id(), path));
            case Happening.Told(var _, Message.Answered(String _, UUID task, var _)) -> asked.remove(task);
            case Happening.To _,
                    Happening.Told _,
                    Happening.Heard _,
                    Happening.Sent _,
                    Happening.Due _,
                    Happening.Nothing _ -> {}
        }
    }

    @Override
    public void close() {
        attempts.values().forEach(Performer.Attempt::abandon);
        stage.close();
    }
}
