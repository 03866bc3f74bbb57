package weir.engine;

import static weir.engine.PlanNode.NOWHERE;

import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.engine.Activation.Loop;
import weir.engine.Activation.Step;
import weir.eval.Evaluation;
import weir.eval.EvaluationError;
import weir.eval.Frame;
import weir.value.ListValue;
import weir.value.Value;

/// Walks a `for` on: item by item, or, when it is long, by runs that walk its segments ([Segments]).
final class Loops {
    private static final int MOST_AT_ONCE = 1_000;

    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;
    private final Departures departures;
    private final Segments segments;

    Loops(RunState run, Evaluator evaluator, Machine machine, Departures departures, Segments segments) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
        this.departures = departures;
        this.segments = segments;
    }

    Progress run(Loop loop) {
        var list = loop.list;
        if (list == null) {
            var progress = begin(loop);
            list = loop.list;
            if (progress != null || list == null) {
                return progress == null ? Progress.SUSPENDED : progress;
            }
        }
        return loop.split == null ? items(loop, list) : segments.open(loop, list, loop.split);
    }

    /// Decides what it goes over.
    ///
    /// @return null to go on
    private @Nullable Progress begin(Loop loop) {
        var segment = run.segment;
        boolean isSegment = segment != null && loop.around == run.root;
        if (run.recall.of(loop.path) instanceof Recall.Items items) {
            loop.around.sees(items.walk());
            take(loop, items.listed(), isSegment && segment != null ? segment.from() : 0);
            loop.yields = items.yields();
            loop.finished = items.over();
            return null;
        }
        if (isSegment && segment != null) {
            take(loop, new Entry.Listed(loop.path, segment.items(), segment.atOnce()), segment.from());
            return null;
        }
        Entry entry = evaluator.decide(loop.around, loop.path, evaluation -> listed(loop, evaluation));
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Listed listed -> {
                take(loop, listed, 0);
                yield null;
            }
            case Entry.Raised(String _, RunError error) -> departures.raise(loop, error, false);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    private static void take(Loop loop, Entry.Listed listed, int first) {
        int size = listed.list().size();
        loop.since = loop.around.since;
        loop.first = first;
        loop.list = listed.list();
        loop.atOnce = listed.atOnce();
        loop.split = listed.split();
        var split = listed.split();
        if (split != null) {
            Segments.share(loop, split, size);
        } else if (loop.plan.slot() != NOWHERE) {
            loop.yields = new @Nullable Value[size];
        }
    }

    private Entry listed(Loop loop, Evaluation evaluation) {
        var at = loop.plan.node().at();
        var frame = loop.around.frame;
        Value list = loop.plan.list().run(frame, evaluation);
        if (!(list instanceof ListValue items)) {
            throw new EvaluationError("type_error", "`for` goes over a list, not " + Conversions.shown(list), at);
        }
        int atOnce = loop.plan.atOnce() == null
                ? 1
                : Conversions.count(
                        loop.plan.atOnce().run(frame, evaluation), 1, MOST_AT_ONCE, "`at most … at once`", at);
        return new Entry.Listed(loop.path, Journaled.of(items), atOnce, segments.split(loop, items.size()));
    }

    private Progress items(Loop loop, ListValue list) {
        while (loop.running.size() < loop.atOnce && loop.started < list.size()) {
            int index = loop.started++;
            if (loop.finished != null && loop.finished.get(loop.first + index)) {
                continue;
            }
            var item = item(loop, index, list);
            loop.running.add(item);
            Progress progress = machine.run(item);
            switch (progress) {
                case ENDED -> ended(loop, item);
                case BLOCKED -> {}
                case LEFT, SUSPENDED -> {
                    return progress;
                }
            }
        }
        return loop.running.isEmpty() ? Progress.ENDED : Progress.BLOCKED;
    }

    private static Block item(Loop loop, int index, ListValue list) {
        int number = loop.first + index;
        var frame = new Frame(loop.around.frame, loop.plan.frameSize());
        frame.set(loop.plan.itemSlot(), list.get(index));
        if (loop.plan.indexSlot() != NOWHERE) {
            frame.set(loop.plan.indexSlot(), Value.of(number));
        }
        return Block.item(loop, loop.plan, loop.plan.body(), loop.path, number, frame);
    }

    /// An item or a segment is over.
    void ended(Loop loop, Activation over) {
        over.over = true;
        switch (over) {
            case Block item -> {
                loop.running.remove(item);
                if (loop.yields != null) {
                    loop.yields[item.item - loop.first] = item.value;
                }
                if (run.isFinal()) {
                    run.recall.over(loop, item.item);
                }
            }
            case Step segment -> Segments.ended(loop, segment);
            case Activation.Fork _, Activation.Race _, Loop _, Waiting _ ->
                throw new IllegalStateException("a loop has items and segments");
        }
    }
}
