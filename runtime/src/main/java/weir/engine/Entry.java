package weir.engine;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation.Fired;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// A fact of a run's journal: something that steered it, as a result. `path` is a node's id with the items of the loops
/// around it (`for_line[3]/hold`). Every kind has a format version in its JSON ([EntryJson]).
public sealed interface Entry {
    /// An entry about one place of the graph.
    sealed interface Placed extends Entry {
        String path();
    }

    /// A step's plan, its attempts and its outcome.
    sealed interface OfStep extends Placed {}

    /// The way that the run takes, and the values that steer it.
    sealed interface OfWay extends Placed {}

    /// What the run tells others and wants to be told.
    sealed interface OfOthers extends Placed {}

    /// The first entry of every run.
    ///
    /// @param version the number of the workflow's version
    /// @param hash the graph's content hash, which pins the run
    /// @param seed where `uuid()` and `random()` come from
    /// @param trigger what started it (`api`, `webhook POST /orders`, `schedule`, `manual`)
    /// @param parent whose step it is, or null
    /// @param segment what it walks of a loop of its parent, null: a whole workflow
    record Started(
            String workflow,
            int version,
            String hash,
            int level,
            long seed,
            RecordValue input,
            String trigger,
            @Nullable Parent parent,
            @Nullable Segment segment)
            implements Entry {
        /// Of a whole workflow.
        public Started(
                String workflow,
                int version,
                String hash,
                int level,
                long seed,
                RecordValue input,
                String trigger,
                @Nullable Parent parent) {
            this(workflow, version, hash, level, seed, input, trigger, parent, null);
        }
    }

    /// The run whose step a child run is. It is told how the child ends; a child never rests, it fails.
    ///
    /// @param path of the step in the parent
    record Parent(UUID run, String path) {}

    /// The run begins with what another one did, which it does not do again.
    ///
    /// @param from the path of the first step that is performed
    /// @param facts results and failures of steps, and what happened at other statements, in their order
    record Replayed(UUID origin, String from, List<Placed> facts) implements Entry {
        public Replayed {
            facts = List.copyOf(facts);
        }
    }

    /// When the run's `timeout` strikes; decided with its first step.
    record Deadline(Instant at) implements Entry {}

    /// The run's `timeout` has struck.
    record TimedOut() implements Entry {}

    /// A value (of a `let`, `yield` or `return`) that could be another one if it were computed again.
    record LetMade(String path, Value value, List<Fired> fired) implements OfWay {
        public LetMade {
            fired = List.copyOf(fired);
        }
    }

    /// The rows of rule sets that what is decided next at this path rests on; for people, it steers nothing.
    record RulesFired(String path, List<Fired> fired) implements OfWay {
        public RulesFired {
            fired = List.copyOf(fired);
        }
    }

    /// Which way an `if` or `switch` went: `then`, `then#2` …, `case`, `case#2` …, or `else`.
    record Branched(String path, String way) implements OfWay {}

    /// The list that a `for` goes over.
    ///
    /// @param atOnce how many items run at once, at least 1
    /// @param split into which segments, null: its items are walked by this run
    record Listed(
            String path,
            ListValue list,
            int atOnce,
            @Nullable Split split) implements OfWay {
        public Listed(String path, ListValue list, int atOnce) {
            this(path, list, atOnce, null);
        }

        public Listed {
            if (atOnce < 1) {
                throw new IllegalArgumentException("a loop runs at least one item at once, not " + atOnce);
            }
        }
    }

    /// Segments of that many items, so many of them under way at once.
    record Split(int size, int open) {}

    /// Which branch of a `split` was taken.
    ///
    /// @param key whom the experiment met: the same key takes the same branch
    /// @param way the branch's name
    record Exposed(String path, String experiment, String key, String way) implements OfWay {}

    /// A `repeat` begins.
    ///
    /// @param times how many passes there are at most, at least 1
    /// @param every milliseconds from the begin of a pass to the begin of the next, or null
    /// @param carried the value that the first pass gets, null without `with`
    record Repeating(
            String path,
            int times,
            @Nullable Long every,
            @Nullable Value carried) implements OfWay {}

    /// A pass of a `repeat` is over, and what follows is decided.
    ///
    /// @param pass from 0
    /// @param last whether it was the last one
    /// @param carried the value that the next pass gets, or null
    /// @param next when the next pass may begin, null: at once
    record Passed(
            String path,
            int pass,
            boolean last,
            @Nullable Value carried,
            @Nullable Instant next) implements OfWay {}

    /// A step with its evaluated arguments, the same for every attempt.
    ///
    /// @param generation from 1; grows when the step runs again after it was undone or its run was resumed after a
    /// failure
    /// @param key the idempotency key that every attempt of the generation carries
    /// @param timeout milliseconds for each attempt, or null
    /// @param connection the named connection to use, or null
    /// @param terms what must be looked at before an attempt begins
    record StepPlanned(
            String path,
            int generation,
            RecordValue arguments,
            String key,
            @Nullable Long timeout,
            @Nullable String connection,
            Terms terms)
            implements OfStep {}

    /// An attempt that failed and is tried again.
    ///
    /// @param attempt from 1
    /// @param next when the next attempt may begin
    record AttemptFailed(String path, int attempt, RunError error, Instant next) implements OfStep {}

    /// A further attempt begins; the first one begins with its plan.
    record AttemptBegun(String path, int attempt) implements OfStep {}

    /// An attempt that may not begin yet, because there were too many in the time that `at most … per` names.
    ///
    /// @param next when it may
    record AttemptPostponed(String path, int attempt, Instant next) implements OfStep {}

    /// A step that was done already for the same `once per` key. Its value is null.
    record StepSkipped(String path, int attempt) implements OfStep {}

    /// What a step, an `ask` or a `wait for` gives; null of the last two when the time was over.
    record StepDone(String path, int attempt, Value output) implements OfStep {}

    /// A step that is given up; what follows from it (`on error`, `catch`, failure) is the graph's.
    ///
    /// @param attempt the last attempt; 0 when it failed before the first, because its arguments or policies did
    record StepFailed(String path, int attempt, RunError error) implements OfStep {}

    /// A statement other than a step that failed: its expression did, its value did not fit, or it is a `fail`.
    record Raised(String path, RunError error) implements OfWay {}

    /// A durable timer.
    record Waiting(String path, Instant until) implements OfWay {}

    /// The timer came due.
    record Woke(String path) implements OfWay {}

    record Logged(String path, Value value) implements OfWay {}

    /// A person is asked.
    ///
    /// @param task what the answer names
    /// @param who `{ role }` or `{ person }`
    /// @param until when it is given up, or null
    record Asked(
            String path,
            int generation,
            UUID task,
            String question,
            RecordValue who,
            @Nullable Instant until) implements OfOthers {}

    /// An event is waited for.
    ///
    /// @param until when it is given up, or null
    record Awaited(String path, String event, @Nullable Instant until) implements OfOthers {}

    /// An event that is nothing for a wait: it does not fit the type that the wait says, or its `where` fails on
    /// it. The wait goes on.
    record EventIgnored(String path, String event, RunError why) implements OfOthers {}

    /// An event was sent.
    record Emitted(String path, String event, Value payload) implements OfOthers {}

    /// A message of the inbox that was looked at.
    record MessageTaken(int n, Message message) implements Entry {}

    /// A message that was taken while the run was paused is looked at now.
    record MessageOpened(int n) implements Entry {}

    /// What the run of a segment says to the run of the loop.
    ///
    /// @param turn the number of the order that it answers
    record Reported(int turn, Report report) implements Entry {}

    /// Nothing caught a failure: the run rests until somebody resumes it or lets it go.
    record Parked(RunError error) implements Entry {}

    /// The last entry.
    ///
    /// @param output what it returned, null when it failed or was cancelled
    /// @param error why it failed, null otherwise
    record Ended(
            Status status, @Nullable Value output, @Nullable RunError error) implements Entry {}

    enum Status {
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
