package weir.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Entry;
import weir.engine.Message;
import weir.engine.RunError;
import weir.eval.EvaluationError;
import weir.store.Events;
import weir.store.Letter;
import weir.store.Post;
import weir.value.Value;

/// Delivers what runs tell others, after the frame that says it became durable: children start, people are asked,
/// events reach those who wait for them.
///
/// A letter leaves the outbox when it was delivered. What a process that died did not deliver is delivered by another
/// one ([#sweep]). So a letter may be delivered twice, and every delivery does nothing the second time. Letters of one
/// run are delivered one after the other.
final class Courier implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Courier.class.getName());
    private static final int LANES = 4;
    private static final int PAGE = 500;
    private static final Duration OVERDUE = Duration.ofSeconds(2);

    private final Post post;
    private final Runs runs;
    private final EventStarts starts;
    private final List<Stage.Role<Letter>> lanes = new ArrayList<>();
    private final List<Object> turns = Stream.generate(Object::new).limit(64).toList();
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

    Courier(Post post, Runs runs, EventStarts starts, Stage stage) {
        this.post = post;
        this.runs = runs;
        this.starts = starts;
        for (int i = 0; i < LANES; i++) {
            lanes.add(stage.enter("weir-courier-" + i, Stage.Weight.LIGHT, this::deliver));
        }
    }

    /// Letters of one run are delivered in their order, and so are events of one name that come from outside.
    private static Object whose(Letter letter) {
        if (letter.run() != null) {
            return letter.run();
        }
        return letter.content() instanceof Effect.Publish publish ? publish.event() : letter.id();
    }

    /// Never waits.
    void take(Collection<Letter> letters) {
        for (var letter : letters) {
            if (underWay.add(letter.id())) {
                var whose = whose(letter);
                lanes.get(Math.floorMod(whose.hashCode(), LANES)).tell(letter);
            }
        }
    }

    /// Takes over what somebody else should have delivered, and what failed here.
    void sweep() {
        take(post.outbox().overdue(OVERDUE, PAGE));
    }

    /// Delivers the letters of some runs.
    private Actor.Next deliver(List<Letter> letters) {
        var delivered = letters.stream().filter(this::delivered).map(Letter::id).toList();
        takeOut(delivered);
        letters.forEach(letter -> underWay.remove(letter.id()));
        return new Actor.Next.News();
    }

    private void takeOut(List<UUID> delivered) {
        try {
            if (!delivered.isEmpty()) {
                post.outbox().delivered(delivered);
            }
        } catch (RuntimeException away) {
            LOG.log(Level.FINE, "letters that were delivered will be delivered again", away);
        }
    }

    private boolean delivered(Letter letter) {
        try {
            deliver(letter);
            return true;
        } catch (RuntimeException problem) {
            LOG.log(Level.WARNING, problem, () -> "a letter of run " + letter.run() + " is delivered later");
            return false;
        }
    }

    private void deliver(Letter letter) {
        int org = letter.org();
        UUID run = letter.run();
        switch (letter.content()) {
            case Effect.Publish publish -> publish(org, publish);
            case Effect.ReportEnd(String _, UUID parent, Message.ChildEnded ended) ->
                runs.tell(org, parent, ended, "child:" + ended.child());
            case Effect.StartChild child -> start(org, owner(run), child);
            case Effect.StartSegment segment -> runs.startSegment(org, segment, owner(run));
            case Effect.Instruct(String _, UUID child, Message.Ordered ordered) ->
                instruct(org, owner(run), child, ordered);
            case Effect.Report(String _, UUID parent, Message.Reported reported) ->
                runs.tell(org, parent, reported, "segment:" + reported.child() + ":" + reported.turn());
            case Effect.CancelChild(String _, UUID child) ->
                runs.cancel(org, child, "the run that started it does not wait for it any more", "parent:" + run);
            case Effect.PauseChild(String _, UUID child, int n, boolean goOn) -> {
                String source = "parent:" + run + ":" + n;
                if (goOn) {
                    runs.resume(org, child, "with the run that started it", source);
                } else {
                    runs.pause(org, child, "with the run that started it", source);
                }
            }
            case Effect.Ask ask -> post.tasks().ask(org, owner(run), ask);
            case Effect.Withdraw(String _, UUID task) -> post.tasks().withdraw(task);
            case Effect.Listen listen -> listen(org, owner(run), listen);
            case Effect.Unlisten(String path, int turn) -> post.events().unlisten(owner(run), path, turn);
        }
    }

    /// The run of a segment is told when it is there: its start may be on its way still.
    private void instruct(int org, UUID parent, UUID child, Message.Ordered ordered) {
        if (!runs.tell(org, child, ordered, "order:" + ordered.turn()) && !runs.isKnown(org, child)) {
            throw new IllegalStateException("the run " + child + " of a segment of " + parent + " is not there yet");
        }
    }

    private static UUID owner(@Nullable UUID run) {
        if (run == null) {
            throw new IllegalStateException("only events come from outside");
        }
        return run;
    }

    /// Events of one name are told in the order of their positions: those that other processes published, and may
    /// not have told yet, are told here, too.
    private void publish(int org, Effect.Publish publish) {
        synchronized (turns.get(Math.floorMod(31 * org + publish.event().hashCode(), turns.size()))) {
            publishInTurn(org, publish);
        }
    }

    private void publishInTurn(int org, Effect.Publish publish) {
        long position = post.events().publish(org, publish.id(), publish.event(), publish.payload());
        var event = new Events.Event(position, publish.event(), publish.payload());
        var page = post.events().listeners(org, event.event(), null, PAGE);
        if (!page.isEmpty()) {
            tellEarlier(org, event);
            tell(org, event, page);
        }
        post.events().told(org, event.event(), position);
        for (var wanted : starts.wanted(org, event)) {
            start(wanted, event);
        }
    }

    private void start(EventStarts.Wanted wanted, Events.Event event) {
        try {
            runs.start(new Runs.StartRequest(
                    wanted.workflow(),
                    wanted.version(),
                    wanted.input(),
                    "event " + event.event(),
                    wanted.once(),
                    false));
        } catch (EvaluationError never) {
            LOG.warning(() -> "event " + event.event() + " of position " + event.position() + " does not start "
                    + wanted.workflow().name() + ": " + never.sentence());
        }
    }

    /// A run that has been told this event takes no earlier one any more unless it heard of it before.
    private void tellEarlier(int org, Events.Event event) {
        List<Events.Event> earlier;
        do {
            earlier = post.events().untold(org, event.event(), event.position(), PAGE);
            for (var one : earlier) {
                tell(org, one, post.events().listeners(org, one.event(), null, PAGE));
                post.events().told(org, one.event(), one.position());
            }
        } while (earlier.size() == PAGE);
    }

    /// @param first the first page of those who wait for it
    private void tell(int org, Events.Event event, List<Events.Listener> first) {
        var page = first;
        page.forEach(listener -> tell(org, listener.run(), listener.path(), event, ""));
        while (page.size() == PAGE) {
            page = post.events().listeners(org, event.event(), page.getLast(), PAGE);
            page.forEach(listener -> tell(org, listener.run(), listener.path(), event, ""));
        }
    }

    private void listen(int org, UUID run, Effect.Listen listen) {
        post.events().listen(org, run, listen.path(), listen.event(), listen.turn());
        String again = listen.turn() == 1 ? "" : ":" + listen.turn();
        var since = RunIds.time(run);
        long after = listen.after();
        List<Events.Event> page;
        do {
            page = post.events().since(org, listen.event(), since, after, PAGE);
            page.forEach(event -> tell(org, run, listen.path(), event, again));
            after = page.isEmpty() ? after : page.getLast().position();
        } while (page.size() == PAGE);
    }

    /// @param again makes what was told in an earlier turn another message
    private void tell(int org, UUID run, String path, Events.Event event, String again) {
        var message = new Message.Published(path, event.position(), event.event(), event.payload());
        if (!runs.tell(org, run, message, "event:" + event.position() + ":" + path + again)) {
            post.events().unlisten(run, path, Integer.MAX_VALUE);
        }
    }

    private void start(int org, UUID parent, Effect.StartChild child) {
        var refused = runs.startChild(org, child, parent);
        if (refused != null) {
            fail(org, parent, child, refused);
        }
    }

    private void fail(int org, UUID parent, Effect.StartChild child, RunError why) {
        runs.tell(
                org,
                parent,
                new Message.ChildEnded(child.path(), child.child(), Entry.Status.FAILED, (@Nullable Value) null, why),
                "child:" + child.child());
    }

    @Override
    public void close() {
        lanes.forEach(Stage.Role::close);
    }
}
