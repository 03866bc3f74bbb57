package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.engine.Journey.Answer;
import weir.graph.Expr;
import weir.graph.Graph;
import weir.graph.Policies;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// A loop means the same whether it is split or not.
final class SegmentsTest {
    private static final int WORKFLOWS = Integer.getInteger("runs", 60);

    private static Plan plan(Graph graph, int size) {
        var plan = Graphs.plan(graph);
        return size == 0 ? plan : plan.splitting(new Splitting(1, size, 3));
    }

    private static Function<Effect.Perform, Answer> world(long seed) {
        return perform -> {
            if (perform.terms().rate() != null && Math.floorMod(perform.key().hashCode() + seed, 5) == 0) {
                return new Answer.Skips();
            }
            long chance = (perform.key() + perform.attempt()).hashCode() * 31L + seed;
            return Math.floorMod(chance, 3) == 0
                    ? new Answer.Refuses(RunError.of("http_503", "busy").retryAfter(chance % 2 == 0 ? 700L : null))
                    : new Answer.Gives(perform.arguments());
        };
    }

    /// Everything that can be seen from outside, in its order: results, attempts with their arguments and keys,
    /// undos, events.
    @Test
    void aLoopDoesTheSameInTheSameOrderWhereverItIsSplit() {
        // The same ones each time. Of others a few differ: decision 071 says in what.
        long first = Long.getLong("seed", 1);
        int split = 0;
        for (long seed = first; seed < first + (Long.getLong("seed") == null ? WORKFLOWS : 1); seed++) {
            try {
                split += compare(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-Dseed=" + seed, e);
            }
        }
        assertTrue(Long.getLong("seed") != null || split > WORKFLOWS, split + " runs of segments");
    }

    /// However many items run at once, all over the loop there are no more, and what was done before a failure is
    /// undone, each once, the last first within a segment.
    @Test
    void noMoreItemsRunAtOnceThanTheLoopSays() {
        for (int atOnce : List.of(1, 2, 3, 5, 30)) {
            for (int size : List.of(0, 2, 3, 7)) {
                for (int failing : List.of(-1, 0, 9, 22)) {
                    atOnce(atOnce, size, failing);
                }
            }
        }
    }

    private static void atOnce(int atOnce, int size, int failing) {
        String how = atOnce + " at once in segments of " + size + ", item " + failing + " fails";
        var items = new Expr[23];
        java.util.Arrays.setAll(items, number -> Graphs.number(number));
        var graph = Graphs.workflow(
                List.of("input"),
                Graphs.each(
                        "all",
                        "x",
                        Graphs.list(items),
                        atOnce,
                        Graphs.step(
                                "done",
                                "shop.act",
                                id -> Graphs.undone(
                                        Policies.NONE,
                                        "shop.undo",
                                        Policies.NONE,
                                        Graphs.with("undo", Graphs.name("x"))),
                                Graphs.with("value", Graphs.name("x"))),
                        Graphs.yields(Graphs.name("x"))),
                Graphs.returns(Graphs.name("all")));
        var broken = new boolean[] {true};
        Function<Effect.Perform, Answer> world = perform -> {
            if (perform.action().equals("act")
                    && perform.arguments().get("value").equals(Value.of(failing))) {
                boolean fails = broken[0];
                broken[0] = false;
                return fails ? new Answer.Refuses(RunError.of("no", "no")) : new Answer.Gives(perform.arguments());
            }
            return new Answer.Gives(perform.arguments());
        };
        var family = new Family(plan(graph, size), RecordValue.of("input", Value.of(1)), world)
                .resuming(1)
                .go();
        assertTrue(family.most() <= atOnce, () -> family.most() + " items ran at once: " + how);
        var all = ListValue.of(
                java.util.stream.IntStream.range(0, 23).mapToObj(Value::of).toList());
        assertEquals(new Entry.Ended(Entry.Status.SUCCEEDED, all, null), family.outcome(), how);
        var acts = family.performed.stream().filter(one -> one.contains(" act")).toList();
        var undos =
                family.performed.stream().filter(one -> one.contains(" undo")).toList();
        assertEquals(23 + undos.size(), acts.size(), how);
        assertEquals(acts.stream().distinct().count(), acts.size(), how);
        assertEquals(undos.stream().distinct().count(), undos.size(), how);
        assertEquals(List.of(), family.left(), how);
    }

    /// Whoever looks at a run of a segment sees its items, with the paths that they have in the loop.
    @Test
    void theRunOfASegmentShowsItsItems() {
        var items = new Expr[] {Graphs.number(0), Graphs.number(1), Graphs.number(2), Graphs.number(3)};
        var act = Graphs.step("done", "shop.act", id -> Policies.NONE, Graphs.with("value", Graphs.name("x")));
        var graph = Graphs.workflow(
                List.of("input"),
                Graphs.let("before", Graphs.number(1)),
                Graphs.each("all", "x", Graphs.list(items), 2, act, Graphs.yields(Graphs.name("x"))),
                Graphs.returns(Graphs.name("all")));
        var plan = plan(graph, 2);
        var input = RecordValue.of("input", Value.of(1));
        var family = new Family(plan, input, perform -> new Answer.Gives(perform.arguments())).go();
        var shown = family.runs().stream()
                .map(run -> History.of(plan, run, family.frames(run)).steps().stream()
                        .filter(step -> step.kind().equals("step"))
                        .map(StepView::path)
                        .toList())
                .toList();
        assertEquals(
                List.of(List.of(), List.of("all[0]/done", "all[1]/done"), List.of("all[2]/done", "all[3]/done")),
                shown);
        var loop = History.of(plan, Journey.RUN, family.frames(Journey.RUN)).steps().stream()
                .filter(step -> step.kind().equals("for"))
                .findFirst()
                .orElseThrow();
        assertEquals(StepView.Status.SUCCEEDED, loop.status());
        assertEquals(ListValue.of(Value.of(0), Value.of(1), Value.of(2), Value.of(3)), loop.output());
    }

    private static int compare(long seed) {
        var random = new Random(seed);
        var graph = new RandomWorkflow(random).inOrder().graph("w", "input", Graph.Limits.NONE);
        int resumptions = random.nextInt(4);
        int cancelAfter = random.nextInt(4) == 0 ? random.nextInt(20) + 1 : Integer.MAX_VALUE;
        var input = RecordValue.of("input", Value.of(seed % 2));
        @Nullable Family whole = null;
        int runs = 0;
        for (int size : List.of(0, 2, 3, 1, 1_000)) {
            var family = new Family(plan(graph, size), input, world(seed))
                    .resuming(resumptions)
                    .cancelledAfter(cancelAfter)
                    .go();
            if (whole == null) {
                whole = family;
                continue;
            }
            runs += family.size() - 1;
            String how = "in segments of " + size + "\n" + family.text() + "\nwhole\n" + whole.text();
            assertEquals(String.join("\n", whole.performed), String.join("\n", family.performed), () -> how);
            assertEquals(whole.outcome(), family.outcome(), () -> how);
            if (family.outcome() instanceof Entry.Ended) {
                assertEquals(List.of(), family.left(), () -> how);
            }
            var killed = new Family(plan(graph, size), input, world(seed))
                    .resuming(resumptions)
                    .cancelledAfter(cancelAfter)
                    .killed()
                    .go();
            assertEquals(String.join("\n", whole.performed), String.join("\n", killed.performed), () -> how);
            assertEquals(whole.outcome(), killed.outcome(), () -> how);
        }
        return runs;
    }
}
