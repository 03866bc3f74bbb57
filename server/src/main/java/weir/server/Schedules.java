package weir.server;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.graph.Expr;
import weir.graph.Node;
import weir.graph.Start;
import weir.store.Journal;
import weir.value.BooleanValue;
import weir.value.RecordValue;
import weir.worker.Evaluations;
import weir.worker.Evaluations.Prepared;
import weir.worker.OnceScope;
import weir.worker.Runs;

/// Starts what the clock starts. Every server looks each second; the key of a tick makes one start of it, whoever comes
/// first, so nothing is remembered besides. A tick that nobody saw (all servers were down) is made up for once when one
/// is back, if it is the last one of its schedule, at most [#LOOK_BACK] old, and the version was active then.
///
/// `every: D` ticks at whole multiples of D since 1970 in UTC, the same on every server.
final class Schedules {
    static final Duration LOOK_BACK = Duration.ofDays(7);

    private static final System.Logger LOG = System.getLogger(Schedules.class.getName());
    /// Longer than a tick can be looked back to, so that it can't be started again.
    private static final Duration KEY_HELD = LOOK_BACK.plusDays(1);

    private static final CronParser CRON = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final Deployments deployments;
    private final Evaluations evaluations;
    private final Starts starts;
    private volatile List<Clock> clocks = List.of();

    Schedules(Deployments deployments, Evaluations evaluations, Starts starts, InstantSource now) {
        this.deployments = deployments;
        this.evaluations = evaluations;
        this.starts = starts;
        deployments.onChange(() -> update(now.instant()));
        update(Instant.MIN);
    }

    /// When something ticks: the last tick at or before a time.
    private interface Ticks {
        Optional<Instant> last(Instant now);
    }

    /// One schedule of one active version. Its name (`cron 0 9 * * * Europe/Berlin`, `every 300000`) is part of its
    /// ticks' keys.
    private static final class Clock {
        private final Deployments.Workflow workflow;
        private final String name;
        private final Ticks ticks;
        private final @Nullable Prepared when;
        private final @Nullable Map<String, Prepared> with;
        private Instant since;
        private @Nullable Instant done;

        private Clock(
                Deployments.Workflow workflow,
                String name,
                Ticks ticks,
                @Nullable Prepared when,
                @Nullable Map<String, Prepared> with) {
            this.workflow = workflow;
            this.name = name;
            this.ticks = ticks;
            this.when = when;
            this.with = with;
            this.since = workflow.version().at();
        }

        private Clock since(Instant time) {
            since = time.isAfter(since) ? time : since;
            return this;
        }

        private boolean is(Clock other) {
            return workflow.version().equals(other.workflow.version()) && name.equals(other.name);
        }
    }

    /// @param since when what is new here became active at the earliest: going back to an old version makes up for
    /// nothing
    private synchronized void update(Instant since) {
        var before = clocks;
        var next = new ArrayList<Clock>();
        for (var workflow : deployments.workflows()) {
            if (workflow.entry().retired()) {
                continue;
            }
            for (var start : workflow.graph().starts()) {
                clock(workflow, start)
                        .ifPresent(clock -> next.add(
                                before.stream().filter(clock::is).findFirst().orElseGet(() -> clock.since(since))));
            }
        }
        clocks = List.copyOf(next);
    }

    private Optional<Clock> clock(Deployments.Workflow workflow, Start start) {
        return switch (start) {
            case Start.Cron cron ->
                cron(cron)
                        .map(ticks -> clock(
                                workflow, "cron " + cron.cron() + " " + cron.zone(), ticks, cron.when(), cron.with()));
            case Start.Every every ->
                Optional.of(clock(
                        workflow,
                        "every " + every.every(),
                        now -> Optional.of(
                                Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), every.every()) * every.every())),
                        every.when(),
                        every.with()));
            case Start.Webhook _, Start.Event _, Start.Integrated _ -> Optional.empty();
        };
    }

    private Clock clock(
            Deployments.Workflow workflow,
            String name,
            Ticks ticks,
            @Nullable Expr when,
            @Nullable List<Node.Argument> with) {
        var programs = evaluations.programs(workflow.graph().library());
        return new Clock(
                workflow,
                name,
                ticks,
                when == null ? null : Evaluations.condition(programs, when, List.of("event")),
                with == null ? null : Evaluations.with(programs, with));
    }

    /// The compiler has checked it; a text that another build let through does not stop the others.
    private static Optional<Ticks> cron(Start.Cron start) {
        try {
            Cron cron = CRON.parse(start.cron());
            var zone = ZoneId.of(start.zone());
            var times = ExecutionTime.forCron(cron);
            return Optional.of(
                    now -> times.lastExecution(now.plusMillis(1).atZone(zone)).map(time -> time.toInstant()));
        } catch (IllegalArgumentException | DateTimeException wrong) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the schedule \"{0}\" cannot be read: {1}",
                    start.cron(),
                    wrong.getMessage());
            return Optional.empty();
        }
    }

    /// Starts what is due. Called every second, from one thread.
    void tick(Instant now) {
        for (var clock : clocks) {
            var due = clock.ticks
                    .last(now)
                    .filter(tick -> !tick.equals(clock.done))
                    .filter(tick -> tick.isAfter(clock.since))
                    .filter(tick -> tick.isAfter(now.minus(LOOK_BACK)));
            if (due.isPresent()) {
                start(clock, due.get());
            }
        }
    }

    /// What fails is tried again at the next look; the tick is done when it is stored or cannot be.
    private void start(Clock clock, Instant tick) {
        String what = clock.workflow.entry().name() + " at " + tick;
        try {
            var input = input(clock, tick);
            if (input.isPresent()) {
                var request = new Runs.StartRequest(
                        clock.workflow.entry(),
                        clock.workflow.version(),
                        input.get(),
                        "schedule " + clock.name.substring(clock.name.indexOf(' ') + 1),
                        once(clock, tick),
                        false);
                starts.start(request, "schedule");
            }
            clock.done = tick;
        } catch (Problem.Thrown | EvaluationError never) {
            LOG.log(System.Logger.Level.ERROR, "the schedule could not start " + what + ": " + never.getMessage());
            clock.done = tick;
        } catch (RuntimeException away) {
            LOG.log(System.Logger.Level.WARNING, "the schedule could not start " + what + " yet", away);
        }
    }

    private Optional<RecordValue> input(Clock clock, Instant tick) {
        var event = RecordValue.of("at", Documents.time(tick));
        if (clock.when != null && evaluations.evaluate(clock.when, event) != BooleanValue.TRUE) {
            return Optional.empty();
        }
        var fields = clock.workflow.input().fields();
        RecordValue input = clock.with != null
                ? evaluations.arguments(clock.with, event)
                : fields.isEmpty()
                        ? RecordValue.EMPTY
                        : RecordValue.of(fields.getFirst().name(), event);
        return Optional.of(
                Inputs.fit(input, clock.workflow.input(), clock.workflow.graph().library()));
    }

    private static Journal.Once once(Clock clock, Instant tick) {
        String key = clock.name + " @ " + tick;
        return new Journal.Once(
                OnceScope.TICK.of(clock.workflow.entry().id()),
                key.getBytes(StandardCharsets.UTF_8),
                KEY_HELD,
                new byte[0]);
    }
}
