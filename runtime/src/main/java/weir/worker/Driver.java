package weir.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import weir.engine.Decision;
import weir.engine.Effect;
import weir.engine.Engine;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.Input;
import weir.engine.Message;
import weir.engine.Outlook;
import weir.engine.Plan;
import weir.engine.RunState;
import weir.store.Journal;
import weir.store.Journal.Disposition;
import weir.store.Letter;
import weir.store.Views;

/// Drives one claimed run until it ends, rests, sleeps for long, or is handed back.
///
/// The order that everything rests on: decide, append and wait until it is durable, only then perform or answer. A
/// refused append means that somebody else owns the run: it is forgotten at once. An append whose outcome is unknown is
/// never repeated; the run is disowned and read anew by whoever claims it.
final class Driver implements Actor<Driver.Notice> {
    /// A timer nearer than this is waited for here instead of giving the run back.
    static final Duration HOLD = Duration.ofMillis(500);

    /// No run sleeps longer than this without being looked at.
    static final Duration BACKSTOP = Duration.ofHours(24);

    /// How long a failed run stays resumable.

    private static final Logger LOG = Logger.getLogger(Driver.class.getName());

    private final Worker worker;
    private final Journal journal;
    private final Journal.Claim claim;
    private final Plan plan;
    private final InstantSource clock;
    private final Map<String, Performer.Attempt> attempts = new HashMap<>();
    private final List<Frame> pending = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    /// What the frames that are not durable yet tell others.
    private final List<Letter> letters = new ArrayList<>();
    private int head;
    private int inbox;
    private int seen;
    private boolean handBack;
    /// What it was told next lets it go on, for which it needs a turn.
    private boolean needsTurn;
    /// Whether it has acted.
    private boolean entered;

    private Stage.@Nullable Role<Notice> role;
    private @Nullable RunState state;
    private @Nullable Outlook outlook;
    private @Nullable Outcome outcome;

    /// What the driver is told by other threads.
    sealed interface Notice {
        record Happened(Input input) implements Notice {}

        /// Somebody told the run something; look into the inbox.
        record News() implements Notice {}

        /// The worker stops: start nothing new, give the run back as soon as nothing is under way.
        record HandBack(boolean atOnce) implements Notice {}

        /// The run belongs to somebody else.
        record Lost() implements Notice {}
    }

    Driver(Worker worker, Journal journal, Journal.Claim claim, Plan plan, InstantSource clock) {
        this.worker = worker;
        this.journal = journal;
        this.claim = claim;
        this.plan = plan;
        this.clock = clock;
        this.head = claim.head();
        this.inbox = claim.taken();
        this.seen = claim.taken();
    }

    /// For a run that this process has just accepted: nothing is read again.
    ///
    /// @param claim what the accept made this process the owner of
    Driver(Worker worker, Journal journal, Journal.Claim claim, Begun begun, InstantSource clock) {
        this(worker, journal, claim, begun.state().plan(), clock);
        state = begun.state();
        note(begun.decision(), begun.frame().at(), begun.committed());
    }

    UUID id() {
        return claim.run();
    }

    int org() {
        return claim.org();
    }

    String workflow() {
        return plan.graph().workflow();
    }

    boolean waitedForItsTurn() {
        return plan.graph().limits().atMost() != null && !isSegment();
    }

    /// Whether it walks a segment of a loop of another run.
    boolean isSegment() {
        return claim.frames().getFirst().entries().getFirst() instanceof Entry.Started started
                && started.segment() != null;
    }

    Instant startedAt() {
        return claim.frames().getFirst().at();
    }

    /// Its place in the queue when it is given back.
    Journal.Due due(Instant readyAt) {
        return new Journal.Due(id(), claim.org(), plan.graph().limits().priority(), readyAt);
    }

    @Override
    public void enter(Stage.Role<Notice> self) {
        role = self;
        worker.entered(this);
    }

    /// Somebody told the run something.
    void news() {
        tell(new Notice.News());
    }

    /// The worker stops: start nothing new; at once: do not wait for what is under way either.
    void handBack(boolean atOnce) {
        tell(new Notice.HandBack(atOnce));
    }

    /// Another driver has the run now.
    void lost() {
        tell(new Notice.Lost());
    }

    private void tell(Notice notice) {
        Objects.requireNonNull(role, "on stage").tell(notice);
    }

    @Override
    public Next act(List<Notice> notices) throws InterruptedException {
        boolean ours = false;
        boolean orderly = false;
        try {
            ours = goOn(notices);
            orderly = true;
        } catch (RuntimeException | Error problem) {
            LOG.log(Level.WARNING, problem, () -> "this worker lets go of run " + id() + " after a problem of its own");
        } finally {
            if (!ours) {
                attempts.values().forEach(Performer.Attempt::abandon);
                worker.left(this, orderly);
            }
        }
        return ours ? next() : new Next.Over();
    }

    /// @return whether the run is still ours
    private boolean goOn(List<Notice> notices) {
        if (notices.stream().anyMatch(Notice.Lost.class::isInstance)) {
            return false;
        }
        boolean first = !entered;
        entered = true;
        if (state == null) {
            state = Engine.fold(plan, id(), claim.frames(), worker.versions());
            boolean pauses =
                    !claim.messages().isEmpty() && claim.messages().getFirst().message() instanceof Message.Pause;
            if (pauses) {
                // Before it begins anything.
                hear(claim.messages().subList(0, 1));
            }
            decide(new Input.Begin());
            hear(claim.messages());
        } else if (notices.isEmpty() && !first) {
            decide(new Input.Due());
        }
        notices.forEach(this::open);
        return settle();
    }

    private Next next() {
        var due = nextTimer();
        return due == null ? new Next.News() : new Next.Within(Duration.between(clock.instant(), due));
    }

    private void decide(Input input) {
        forgetAttempt(input);
        var now = clock.instant();
        note(Engine.advance(state(), input, now), now, false);
    }

    /// @param committed whether the journal has it already
    private void note(Decision decision, Instant now, boolean committed) {
        if (!committed) {
            if (!decision.entries().isEmpty()) {
                pending.add(new Frame(head + pending.size() + 1, now, decision.entries()));
                decision.entries().forEach(this::noteOutcome);
            }
            letters.addAll(worker.runs().letters(claim.org(), id(), decision.effects()));
        }
        effects.addAll(decision.effects());
        outlook = decision.outlook();
    }

    private void forgetAttempt(Input input) {
        switch (input) {
            case Input.Completed(String path, int attempt, var output) -> attempts.remove(path);
            case Input.Failed(String path, int attempt, var error) -> attempts.remove(path);
            case Input.Skipped(String path, int attempt) -> attempts.remove(path);
            case Input.Postponed(String path, int attempt, Instant until) -> attempts.remove(path);
            case Input.Begin begin -> {}
            case Input.Due due -> {}
            case Input.Told told -> {}
        }
    }

    private void noteOutcome(Entry entry) {
        if (entry instanceof Entry.Ended ended) {
            outcome = new Outcome(
                    switch (ended.status()) {
                        case SUCCEEDED -> Views.State.SUCCEEDED;
                        case FAILED -> Views.State.FAILED;
                        case CANCELLED -> Views.State.CANCELLED;
                    },
                    ended.output(),
                    ended.error());
        } else if (entry instanceof Entry.Parked parked) {
            outcome = new Outcome(Views.State.PARKED, null, parked.error());
        }
    }

    private void hear(List<Journal.Told> messages) {
        needsTurn = false;
        for (var message : messages) {
            seen = Math.max(seen, message.n());
        }
        for (var message : messages) {
            if (message.n() > inbox) {
                needsTurn = needsTurn(message, messages);
                if (needsTurn) {
                    return;
                }
                inbox = message.n();
                decide(new Input.Told(message.n(), message.message()));
            }
        }
    }

    /// A run that rests has given its turn back. Who resumes it sends it to the gate; if somebody was just looking
    /// at it, because it was told something else, it goes there now. One that is to be cancelled as well needs no
    /// turn.
    private boolean needsTurn(Journal.Told next, List<Journal.Told> all) {
        return next.message() instanceof Message.Resume
                && waitedForItsTurn()
                && outlook() instanceof Outlook.Resting
                && all.stream().noneMatch(other -> other.n() > next.n() && other.message() instanceof Message.Cancel)
                && !worker.runs().turns().has(id());
    }

    /// Makes what was decided durable and performs what depends on it.
    ///
    /// @return whether the run is still ours
    private boolean settle() {
        while (true) {
            var disposition = disposition(clock.instant());
            if (pending.isEmpty() && disposition instanceof Disposition.Keep) {
                perform();
                return true;
            }
            var frames = List.copyOf(pending);
            var sent = List.copyOf(letters);
            var appended = journal.append(
                            new Journal.Append(id(), claim.epoch(), head, frames, disposition, seen, inbox, sent))
                    .join();
            if (!appended.accepted()) {
                if (!appended.owned()) {
                    return false;
                }
                hear(journal.messages(id(), inbox));
                continue;
            }
            head += frames.size();
            pending.clear();
            letters.clear();
            worker.runs().courier().take(sent);
            worker.appended(this, disposition, outcome);
            if (!appended.owned()) {
                return false;
            }
            perform();
            if (appended.inbox() <= inbox) {
                return true;
            }
            hear(journal.messages(id(), inbox));
        }
    }

    private Disposition disposition(Instant now) {
        if (needsTurn) {
            return new Disposition.Gate();
        }
        return switch (outlook()) {
            case Outlook.Over(var status) -> new Disposition.End(status);
            case Outlook.Paused paused -> new Disposition.Pause(now.plus(BACKSTOP));
            case Outlook.Resting resting -> new Disposition.Park(now.plus(worker.parkedFor()));
            case Outlook.Sleeping sleeping -> {
                var until = wakeAt(sleeping, now);
                yield handBack || until.isAfter(now.plus(HOLD))
                        ? new Disposition.Release(until)
                        : new Disposition.Keep();
            }
            case Outlook.Working working ->
                handBack && attempts.isEmpty() ? new Disposition.Release(now) : new Disposition.Keep();
        };
    }

    /// When a run that sleeps is looked at next, whether or not something wakes it before.
    static Instant wakeAt(Outlook.Sleeping sleeping, Instant now) {
        var latest = now.plus(BACKSTOP);
        var until = sleeping.until();
        return until == null || until.isAfter(latest) ? latest : until;
    }

    private void perform() {
        var whose = new Performer.Whose(id(), claim.org(), claim.workflow(), state().plan());
        if (effects.isEmpty()) {
            return;
        }
        var unwanted = effects.stream()
                .filter(Effect.Abandon.class::isInstance)
                .map(Effect.Abandon.class::cast)
                .toList();
        for (var effect : effects) {
            switch (effect) {
                case Effect.Perform perform
                when unwanted.contains(new Effect.Abandon(perform.path(), perform.attempt())) -> {
                    // given up before it began
                }
                case Effect.Perform perform when handBack -> {
                    // planned and durable: whoever takes the run over performs it
                }
                case Effect.Perform perform ->
                    attempts.put(
                            perform.path(),
                            worker.performer().start(whose, perform, input -> tell(new Notice.Happened(input))));
                case Effect.Abandon(String path, int attempt) -> {
                    var started = attempts.get(path);
                    if (started != null && started.effect().attempt() == attempt) {
                        attempts.remove(path);
                        started.abandon();
                    }
                }
                case Effect.Outgoing _ -> {
                    // It went with its frame.
                }
            }
        }
        effects.clear();
    }

    private @Nullable Instant nextTimer() {
        return switch (outlook()) {
            case Outlook.Working(var due) -> due;
            case Outlook.Sleeping(var until) -> until;
            case Outlook.Paused paused -> null;
            case Outlook.Resting resting -> null;
            case Outlook.Over over -> null;
        };
    }

    private void open(Notice notice) {
        switch (notice) {
            case Notice.Happened(var input) -> decide(input);
            case Notice.Lost _ -> throw new IllegalStateException("it would not have come so far");
            case Notice.News news -> hear(journal.messages(id(), inbox));
            case Notice.HandBack(boolean atOnce) -> {
                handBack = true;
                if (atOnce) {
                    attempts.values().forEach(Performer.Attempt::abandon);
                    attempts.clear();
                }
            }
        }
    }

    private RunState state() {
        return Objects.requireNonNull(state);
    }

    private Outlook outlook() {
        return Objects.requireNonNull(outlook);
    }
}
