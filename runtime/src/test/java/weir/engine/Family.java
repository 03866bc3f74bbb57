package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.engine.Journey.Answer;
import weir.value.RecordValue;
import weir.value.Value;

/// A run and the runs that walk its segments, in virtual time. What they say to each other takes no time; the world
/// answers each attempt always in the same way.
final class Family {
    private static final int LONGEST = 100_000;

    private final Plan plan;
    private final Function<Effect.Perform, Answer> world;
    private final Map<UUID, Member> members = new LinkedHashMap<>();
    private final Deque<Runnable> post = new ArrayDeque<>();
    private final TreeMap<String, Runnable> answers = new TreeMap<>();
    /// What was performed, in order.
    final List<String> performed = new ArrayList<>();

    private int most;
    private int resumptions;
    private int cancelAfter = Integer.MAX_VALUE;
    private boolean killing;
    private boolean checking = true;
    private Instant now = Journey.START;

    private static final class Member {
        final UUID run;
        final List<Frame> frames = new ArrayList<>();
        RunState state;
        int told;

        Member(UUID run, RunState state) {
            this.run = run;
            this.state = state;
        }
    }

    Family(Plan plan, RecordValue input, Function<Effect.Perform, Answer> world) {
        this.plan = plan;
        this.world = world;
        start(Journey.RUN, new Entry.Started("w", 1, "hash", 1, 42, input, "test", null));
    }

    Family resuming(int times) {
        resumptions = times;
        return this;
    }

    /// Cancels it after so many attempts.
    Family cancelledAfter(int attempts) {
        cancelAfter = attempts;
        return this;
    }

    /// Every run dies after every decision, and is folded anew.
    Family killed() {
        killing = true;
        return this;
    }

    /// Does not compare with folds of the journals.
    Family unchecked() {
        checking = false;
        return this;
    }

    private void start(UUID run, Entry.Started started) {
        if (members.containsKey(run)) {
            return;
        }
        var member = new Member(run, Engine.begin(plan, run, started, now));
        members.put(run, member);
        keep(member, List.of(started));
        post.add(() -> advance(member, new Input.Begin()));
    }

    private void keep(Member member, List<Entry> entries) {
        if (!entries.isEmpty()) {
            var frame = new Frame(member.frames.size() + 1, now, entries);
            member.frames.add(FrameJson.read(frame.seq(), FrameJson.bytes(frame)));
        }
    }

    private void advance(Member member, Input input) {
        var decision = Engine.advance(member.state, input, now);
        keep(member, decision.entries());
        if (checking) {
            var folded = Engine.fold(plan, member.run, member.frames);
            assertEquals(StateText.of(folded), StateText.of(member.state), () -> "after " + member.frames);
        }
        decision.effects().forEach(effect -> take(member, effect));
        if (killing && member.state.ended() == null) {
            member.state = Engine.fold(plan, member.run, member.frames);
            var again = Engine.advance(member.state, new Input.Begin(), now);
            keep(member, again.entries());
            again.effects().forEach(effect -> take(member, effect));
        }
    }

    private void tell(UUID run, Message message) {
        var member = members.get(run);
        if (member != null) {
            post.add(() -> {
                if (member.state.ended() == null) {
                    advance(member, new Input.Told(++member.told, message));
                }
            });
        }
    }

    private void take(Member member, Effect effect) {
        switch (effect) {
            case Effect.Perform perform -> {
                answers.put(place(member, perform), () -> perform(member, perform));
                most = Math.max(most, answers.size());
            }
            case Effect.Abandon(String path, int attempt) -> answers.remove(member.run + " " + path + "#" + attempt);
            case Effect.Outgoing outgoing -> take(member, OutgoingJson.read(OutgoingJson.bytes(outgoing)), outgoing);
        }
    }

    private void take(Member member, Effect.Outgoing read, Effect.Outgoing sent) {
        switch (read) {
            case Effect.StartSegment(String path, UUID child, Segment segment) -> {
                assertEquals(sent, read);
                var parent = new Entry.Parent(member.run, path);
                var input = RecordValue.EMPTY;
                start(child, new Entry.Started("w", 1, "hash", 1, segment.seed(), input, "run", parent, segment));
            }
            case Effect.Instruct(String _, UUID child, Message.Ordered ordered) -> tell(child, ordered);
            case Effect.Report(String _, UUID parent, Message.Reported reported) -> tell(parent, reported);
            case Effect.StartChild(String path, UUID child, String _, RecordValue input) ->
                answers.put(member.run + " " + child, () -> tell(member.run, end(path, child, input)));
            case Effect.CancelChild(String path, UUID child) ->
                answers.put(
                        member.run + " " + child,
                        () -> tell(
                                member.run, new Message.ChildEnded(path, child, Entry.Status.CANCELLED, null, null)));
            case Effect.Ask ask ->
                answers.put(
                        member.run + " ask " + ask.task(),
                        () -> tell(
                                member.run,
                                new Message.Answered(
                                        ask.path(), ask.task(), RecordValue.of("approved", Value.of(true)))));
            case Effect.Withdraw(String _, UUID task) -> answers.remove(member.run + " ask " + task);
            case Effect.Publish publish -> performed.add("event " + publish.id() + " " + publish.payload());
            case Effect.Listen _, Effect.Unlisten _, Effect.ReportEnd _, Effect.PauseChild _ -> {}
        }
    }

    private static Message end(String path, UUID child, RecordValue input) {
        return switch (Math.floorMod(child.hashCode() * 0x9e3779b9 >> 7, 4)) {
            case 0 -> new Message.ChildEnded(path, child, Entry.Status.FAILED, null, RunError.of("http_503", "busy"));
            case 1 -> new Message.ChildEnded(path, child, Entry.Status.CANCELLED, null, null);
            default -> new Message.ChildEnded(path, child, Entry.Status.SUCCEEDED, input, null);
        };
    }

    private static String place(Member member, Effect.Perform perform) {
        return member.run + " " + perform.path() + "#" + perform.attempt();
    }

    private void perform(Member member, Effect.Perform perform) {
        performed.add(perform.path() + "#" + perform.attempt() + " " + perform.action() + perform.arguments()
                + " under " + perform.key());
        advance(
                member,
                switch (world.apply(perform)) {
                    case Answer.Gives(Value output) -> new Input.Completed(perform.path(), perform.attempt(), output);
                    case Answer.Refuses(RunError error) -> new Input.Failed(perform.path(), perform.attempt(), error);
                    case Answer.Skips() -> new Input.Skipped(perform.path(), perform.attempt());
                    case Answer.Postpones(long milliseconds) ->
                        new Input.Postponed(perform.path(), perform.attempt(), now.plusMillis(milliseconds));
                });
    }

    /// Until the run has ended or rests for good, and nobody has anything to say.
    Family go() {
        for (int i = 0; i < LONGEST; i++) {
            var next = next();
            if (next == null) {
                return this;
            }
            next.run();
        }
        throw new AssertionError("it does not come to an end: " + text());
    }

    private @Nullable Runnable next() {
        if (!post.isEmpty()) {
            return post.removeFirst();
        }
        if (performed.size() >= cancelAfter) {
            cancelAfter = Integer.MAX_VALUE;
            return () -> tell(Journey.RUN, new Message.Cancel("enough"));
        }
        if (!answers.isEmpty()) {
            return answers.pollFirstEntry().getValue();
        }
        var due = due();
        if (due != null) {
            now = due.isAfter(now) ? due : now;
            return () -> List.copyOf(members.values()).forEach(this::strike);
        }
        if (root().state.outlook() instanceof Outlook.Resting && resumptions > 0) {
            resumptions--;
            return () -> tell(Journey.RUN, new Message.Resume("again"));
        }
        return null;
    }

    private void strike(Member member) {
        var due = member.state.due();
        if (due != null && !due.isAfter(now)) {
            advance(member, new Input.Due());
        }
    }

    private @Nullable Instant due() {
        @Nullable Instant first = null;
        for (var member : members.values()) {
            var due = member.state.due();
            first = due != null && (first == null || due.isBefore(first)) ? due : first;
        }
        return first;
    }

    private Member root() {
        return members.get(Journey.RUN);
    }

    /// How it ended or why it rests.
    Object outcome() {
        var state = root().state;
        return switch (state.outlook()) {
            case Outlook.Over _ -> state.ended();
            case Outlook.Resting resting -> resting;
            case Outlook.Working _, Outlook.Sleeping _, Outlook.Paused _ ->
                throw new AssertionError("it still waits: " + text());
        };
    }

    /// Runs of segments that have not ended.
    List<UUID> left() {
        return members.values().stream()
                .filter(member -> member.state.ended() == null && member != root())
                .map(member -> member.run)
                .toList();
    }

    /// How many attempts there were at once.
    int most() {
        return most;
    }

    int size() {
        return members.size();
    }

    /// That of the loop first.
    List<UUID> runs() {
        return List.copyOf(members.keySet());
    }

    List<Frame> frames(UUID run) {
        return members.get(run).frames;
    }

    String text() {
        var text = new StringBuilder();
        members.values().forEach(member -> {
            text.append(member.run).append('\n');
            member.frames.forEach(frame -> text.append("  ").append(frame).append('\n'));
        });
        return text.toString();
    }
}
