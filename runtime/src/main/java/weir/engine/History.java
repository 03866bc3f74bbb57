package weir.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.engine.Activation.Fork;
import weir.engine.Activation.Loop;
import weir.engine.Activation.Pause;
import weir.engine.Activation.Race;
import weir.engine.Activation.Step;
import weir.engine.StepView.Status;
import weir.graph.Node;
import weir.value.Value;

/// Folds a journal into what people see of a run.
///
/// What entries say is taken from them; what no entry says (a `let` that was computed, a `parallel`, whether a block is
/// still under way) is taken from the folded state and from what came after it.
public final class History {
    private static final int NEVER = Integer.MAX_VALUE;

    private final RunState state;
    private final Map<String, StepRecord> records = new HashMap<>();
    private final List<StepRecord> began = new ArrayList<>();
    private final Map<String, Integer> lengths = new HashMap<>();
    private final List<RunView.Log> logs = new ArrayList<>();
    private final Map<String, Status> alive = new HashMap<>();
    private final Set<String> items = new HashSet<>();
    private final List<Placed> placed = new ArrayList<>();
    private Instant last = Instant.EPOCH;
    private @Nullable Instant endedAt;
    private int positions;
    /// Where the values of names outside of loops are; null when they are forgotten.
    private weir.eval.@Nullable Frame top;

    /// @param order where it stands in the order in which things began; of what has no entry, that of what came
    /// next
    /// @param position where it stands in the text, for what has the same order
    private record Placed(int order, int position, StepView view) {}

    private History(RunState state) {
        this.state = state;
        this.top = state.root.frame;
    }

    /// @param frames the whole journal
    public static RunView of(Plan plan, UUID run, List<Frame> frames) {
        return of(plan, run, frames, Moving.NOWHERE);
    }

    /// @param versions those that it may have gone on with, by the store's number
    public static RunView of(Plan plan, UUID run, List<Frame> frames, IntFunction<Plan> versions) {
        return new History(Engine.fold(plan, run, frames, versions)).view(frames);
    }

    private RunView view(List<Frame> frames) {
        frames.forEach(this::note);
        live(state.root);
        for (var step : state.steps.values()) {
            if (step.undoes != null) {
                live(step);
            }
        }
        if (state.segment == null) {
            block(state.plan.body(), "", 0);
            onFailure();
        } else {
            segment(state.segment);
        }
        placed.sort(Comparator.comparingInt(Placed::order).thenComparingInt(Placed::position));
        var started = state.started;
        var ended = state.ended;
        boolean working = state.isOpen() && state.outlook() instanceof Outlook.Working;
        return new RunView(
                started.workflow(),
                state.version(),
                status(),
                ended == null && state.parked != null,
                state.isPaused(),
                started.trigger(),
                state.replayed == null ? null : state.replayed.origin(),
                state.startedAt(),
                endedAt,
                started.input(),
                ended == null ? null : ended.output(),
                ended == null ? state.parked : ended.error(),
                working ? null : state.due(),
                placed.stream().map(Placed::view).toList(),
                logs);
    }

    /// Of a run that walks a segment there is nothing but its items.
    private void segment(Segment segment) {
        top = null;
        lengths.put(segment.loop(), segment.from() + segment.items().size());
        items(state.plan.loop(segment.loop()), state.plan.loop(segment.loop()).body(), segment.loop());
    }

    private void onFailure() {
        var plan = state.plan.onFailure();
        if (plan == null) {
            return;
        }
        if (state.onFailure != null) {
            live(state.onFailure);
        }
        top = state.onFailure == null ? null : state.onFailure.frame;
        block(plan.block(), "", 0);
    }

    private RunView.Status status() {
        if (state.ended != null) {
            return switch (state.ended.status()) {
                case SUCCEEDED -> RunView.Status.SUCCEEDED;
                case FAILED -> RunView.Status.FAILED;
                case CANCELLED -> RunView.Status.CANCELLED;
            };
        }
        if (state.parked != null) {
            return RunView.Status.FAILED;
        }
        if (state.outlook() instanceof Outlook.Paused) {
            return RunView.Status.PAUSED;
        }
        return state.outlook() instanceof Outlook.Sleeping ? RunView.Status.WAITING : RunView.Status.RUNNING;
    }

    private void note(Frame frame) {
        last = frame.at();
        for (var entry : frame.entries()) {
            switch (entry) {
                case Entry.Placed about -> {
                    note(about, frame.at());
                    for (int end = about.path().indexOf(']');
                            end >= 0;
                            end = about.path().indexOf(']', end + 1)) {
                        items.add(about.path().substring(0, end + 1));
                    }
                    if (about instanceof Entry.StepDone) {
                        undone(about.path());
                    }
                    if (about instanceof Entry.Logged logged) {
                        logs.add(new RunView.Log(frame.at(), logged.path(), logged.value()));
                    } else if (about instanceof Entry.EventIgnored ignored) {
                        String ignoring = "ignored: " + ignored.why().message();
                        logs.add(new RunView.Log(frame.at(), ignored.path(), Value.of(ignoring)));
                    } else if (about instanceof Entry.Listed listed) {
                        lengths.put(listed.path(), listed.list().size());
                    } else if (about instanceof Entry.Repeating repeating) {
                        lengths.put(repeating.path(), 1);
                    } else if (about instanceof Entry.Passed(String path, int pass, boolean last, var _, var _)) {
                        lengths.put(path, last ? pass + 1 : pass + 2);
                    }
                }
                case Entry.Replayed replayed -> {
                    replayed.facts().forEach(fact -> note(fact, frame.at()));
                }
                case Entry.Ended _ -> endedAt = frame.at();
                case Entry.Started _,
                        Entry.Reported _,
                        Entry.Deadline _,
                        Entry.TimedOut _,
                        Entry.MessageTaken _,
                        Entry.MessageOpened _,
                        Entry.Parked _ -> {}
            }
        }
    }

    private void undone(String undo) {
        var step = records.get(Paths.undone(undo));
        if (step != null && step.isStep()) {
            step.undone = true;
        }
    }

    private void note(Entry.Placed about, Instant at) {
        var record = record(about.path(), at);
        record.note(about, at);
        boolean begins = about instanceof Entry.StepPlanned || about instanceof Entry.AttemptBegun;
        if (begins && state.plan.node(about.path()).orElse(null) instanceof Node.Child) {
            record.child = Drawing.child(state, about.path(), record.generation, record.attempt(), at);
        }
    }

    private StepRecord record(String path, Instant at) {
        return records.computeIfAbsent(path, absent -> {
            began.add(new StepRecord(began.size(), at));
            return began.getLast();
        });
    }

    /// What is under way (or was when the run ended), and how: it runs when anything in it does, otherwise it
    /// waits.
    private Status live(Activation at) {
        return switch (at) {
            case Step step -> {
                var status = switch (step.phase) {
                    case NEW, RUNNING -> Status.RUNNING;
                    case BACKOFF -> Status.RETRYING;
                    case ABANDONED -> Status.WAITING;
                    case DONE -> Status.SUCCEEDED;
                    case FAILED -> Status.FAILED;
                };
                alive.put(step.path, status);
                yield status;
            }
            case Question question -> {
                alive.put(question.path, Status.WAITING);
                yield Status.WAITING;
            }
            case EventWait wait -> {
                alive.put(wait.path, Status.WAITING);
                yield Status.WAITING;
            }
            case Pause pause -> {
                alive.put(pause.path, Status.WAITING);
                yield Status.WAITING;
            }
            case Repetition repetition ->
                mark(
                        repetition.path,
                        repetition.phase == Repetition.Phase.PASSING && repetition.pass != null
                                ? Set.of(repetition.pass)
                                : Set.of());
            case Fork fork -> mark(fork.around.path(fork.plan), fork.running);
            case Race race -> mark(race.path, race.running);
            case Loop loop -> mark(loop.path, loop.running);
            case Block block -> {
                if (block.child == null) {
                    noteReturn(block);
                    yield Status.RUNNING;
                }
                var status = live(block.child);
                if (block.child instanceof Block inner && inner.owner != null) {
                    alive.put(block.path(inner.owner), status);
                }
                yield status;
            }
        };
    }

    private void noteReturn(Block block) {
        if (state.ended != null
                && state.ended.output() != null
                && block.next < block.plan.nodes().size()
                && block.current() instanceof PlanNode.Return end) {
            var record = record(block.path(end), last);
            record.end(Status.SUCCEEDED, last);
            record.gives(state.ended.output());
        }
    }

    private Status mark(String path, Set<Block> running) {
        var status = Status.WAITING;
        for (var block : running) {
            status = live(block) == Status.RUNNING ? Status.RUNNING : status;
        }
        alive.put(path, status);
        return status;
    }

    /// What is known of a statement and what is in it.
    ///
    /// @param order of the first thing that began in it, or [#NEVER]
    /// @param end of the last thing that ended in it
    /// @param failed whether a failure left it
    private record Known(int order, Instant end, boolean failed) {
        static final Known NOTHING = new Known(NEVER, Instant.MIN, false);

        Known and(Known other) {
            return new Known(
                    Math.min(order, other.order), end.isAfter(other.end) ? end : other.end, failed || other.failed);
        }
    }

    private record Computed(PlanNode.Let let, int position) {}

    private static String path(PlanNode node, String prefix, int cut) {
        String id = node.node().id();
        return cut == 0 ? id : prefix + id.substring(cut);
    }

    private Known block(PlanNode.Block block, String prefix, int cut) {
        var known = Known.NOTHING;
        var lets = new ArrayList<Computed>();
        for (var node : block.nodes()) {
            if (node instanceof PlanNode.Let let && !records.containsKey(path(let, prefix, cut))) {
                lets.add(new Computed(let, positions++));
                continue;
            }
            var next = node(node, prefix, cut);
            if (next.order() != NEVER) {
                for (var let : lets) {
                    computed(let, prefix, cut, next.order());
                }
                lets.clear();
            }
            known = known.and(next);
        }
        for (var let : lets) {
            computed(let, prefix, cut, NEVER);
        }
        return known;
    }

    /// A `let` that was computed and not recorded. Of those in loops the values are not kept.
    private void computed(Computed computed, String prefix, int cut, int order) {
        var let = computed.let();
        var value = cut == 0 && top != null ? top.get(let.slot()) : null;
        if (value == null && (cut == 0 || order == NEVER)) {
            return;
        }
        var at = order == NEVER ? last : began.get(order).startedAt;
        var record = new StepRecord(order, at);
        record.end(Status.SUCCEEDED, at);
        if (value != null) {
            record.gives(value);
        }
        place(let, path(let, prefix, cut), computed.position(), record);
    }

    private Known node(PlanNode node, String prefix, int cut) {
        String path = path(node, prefix, cut);
        int position = positions++;
        var inside = switch (node) {
            case PlanNode.Choice choice -> choice(choice, prefix, cut);
            case PlanNode.Fork fork -> {
                var known = Known.NOTHING;
                for (var branch : fork.branches()) {
                    known = known.and(block(branch, prefix, cut));
                }
                yield known;
            }
            case PlanNode.Loop loop -> items(loop, loop.body(), path);
            case PlanNode.Repeat repeat -> items(repeat, repeat.body(), path);
            case PlanNode.Split split -> {
                var known = Known.NOTHING;
                for (var arm : split.arms()) {
                    known = known.and(block(arm, prefix, cut));
                }
                yield known;
            }
            case PlanNode.Try tried -> {
                var body = block(tried.body(), prefix, cut);
                yield new Known(body.order(), body.end(), false).and(block(tried.handler(), prefix, cut));
            }
            case PlanNode.Race race -> race(race, prefix, cut);
            case PlanNode.Step step ->
                step.policy().onError() instanceof PlanNode.OnError.Handle handle
                        ? block(handle.block(), prefix, cut)
                        : Known.NOTHING;
            case PlanNode.Let _,
                    PlanNode.Log _,
                    PlanNode.Emit _,
                    PlanNode.Pause _,
                    PlanNode.Ask _,
                    PlanNode.WaitFor _,
                    PlanNode.Return _,
                    PlanNode.Yield _,
                    PlanNode.Fail _ -> Known.NOTHING;
        };
        var record = records.get(path);
        if (record == null) {
            if (inside.order() == NEVER) {
                return Known.NOTHING;
            }
            record = new StepRecord(inside.order(), began.get(inside.order()).startedAt);
        }
        boolean failed = inside.failed() || (record.status == Status.FAILED && isFatal(node));
        var end = inside.end().isAfter(record.startedAt) ? inside.end() : record.startedAt;
        settle(record, node, path, end, failed);
        if (node instanceof PlanNode.Race) {
            record.won();
        }
        if (cut == 0 && top != null && isBlock(node) && node.slot() != PlanNode.NOWHERE) {
            var value = top.get(node.slot());
            if (value != null) {
                record.gives(value);
            }
        }
        place(node, path, position, record);
        if (node instanceof PlanNode.Step step && step.policy().undo() != null) {
            undo(step.policy().undo().step(), Paths.undo(path));
        }
        return new Known(record.order, record.endedAt == null ? end : record.endedAt, failed);
    }

    private static boolean isFatal(PlanNode node) {
        return !(node instanceof PlanNode.Step step) || step.policy().onError() instanceof PlanNode.OnError.Fail;
    }

    /// A branch of a race may fail; the race does when all have.
    private Known race(PlanNode.Race race, String prefix, int cut) {
        var known = Known.NOTHING;
        boolean failed = true;
        for (var branch : race.branches()) {
            var one = block(branch, prefix, cut);
            failed &= one.failed();
            known = known.and(one);
        }
        return new Known(known.order(), known.end(), failed);
    }

    private void undo(PlanNode.Step undo, String path) {
        var record = records.get(path);
        int position = positions++;
        if (record != null) {
            settle(record, undo, path, last, false);
            place(undo, path, position, record, "undo");
        }
    }

    private Known choice(PlanNode.Choice choice, String prefix, int cut) {
        var known = block(choice.otherwise(), prefix, cut);
        for (var arm : choice.arms()) {
            known = known.and(block(arm, prefix, cut));
        }
        return known;
    }

    private Known items(PlanNode loop, PlanNode.Block body, String path) {
        var known = Known.NOTHING;
        int cut = loop.node().id().length();
        for (int i = 0; i < lengths.getOrDefault(path, 0); i++) {
            String item = Paths.item(path, i);
            if (items.contains(item)) {
                known = known.and(block(body, item, cut));
            }
        }
        return known;
    }

    private static boolean isBlock(PlanNode node) {
        return switch (node) {
            case PlanNode.Choice _,
                    PlanNode.Split _,
                    PlanNode.Fork _,
                    PlanNode.Race _,
                    PlanNode.Loop _,
                    PlanNode.Repeat _,
                    PlanNode.Try _ -> true;
            case PlanNode.Let _,
                    PlanNode.Log _,
                    PlanNode.Emit _,
                    PlanNode.Step _,
                    PlanNode.Pause _,
                    PlanNode.Ask _,
                    PlanNode.WaitFor _,
                    PlanNode.Return _,
                    PlanNode.Yield _,
                    PlanNode.Fail _ -> false;
        };
    }

    /// What the state knows better than the last entry: what is still under way, and what will never end.
    ///
    /// @param end of the last thing that ended in it
    private void settle(StepRecord record, PlanNode node, String path, Instant end, boolean failed) {
        boolean isOpen =
                record.status == Status.RUNNING || record.status == Status.WAITING || record.status == Status.RETRYING;
        if (!isOpen) {
            return;
        }
        var now = alive.get(path);
        if (failed) {
            record.end(Status.FAILED, end);
        } else if (now == null) {
            record.end(isBlock(node) ? Status.SUCCEEDED : Status.SKIPPED, end);
        } else if (state.ended != null) {
            record.end(isBlock(node) && state.ended.output() != null ? Status.SUCCEEDED : Status.SKIPPED, last);
        } else {
            record.status = now == Status.RUNNING && state.parked != null ? Status.WAITING : now;
        }
    }

    private void place(PlanNode node, String path, int position, StepRecord record) {
        place(node, path, position, record, Nodes.kind(node.node()));
    }

    private void place(PlanNode node, String path, int position, StepRecord record, String kind) {
        var described = node.node();
        placed.add(new Placed(
                record.order,
                position,
                record.view(path, described.id(), Nodes.name(described), kind, Nodes.action(described))));
    }
}
