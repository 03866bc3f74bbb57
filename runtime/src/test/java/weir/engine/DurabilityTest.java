package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import weir.engine.Journey.Answer;
import weir.value.RecordValue;
import weir.value.Value;

/// The promise of durability: wherever a run is killed, it comes to the same end through the same journal, with the
/// same effects under the same keys. Each decision of each run is also compared with a fold of its journal.
class DurabilityTest {
    private static final int RUNS = Integer.getInteger("runs", 200);

    @Test
    void aRunThatIsKilledAfterAnyEntryGoesTheSameWay() {
        long first = Long.getLong("seed", System.nanoTime());
        for (long seed = first; seed < first + (Long.getLong("seed") == null ? RUNS : 1); seed++) {
            try {
                killEverywhere(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-Dseed=" + seed, e);
            }
        }
    }

    private static void killEverywhere(long seed) {
        var random = new Random(seed);
        var plan = Graphs.plan(new RandomWorkflow(random).graph());
        int resumptions = random.nextInt(3);
        int cancelAfter = random.nextInt(5) == 0 ? random.nextInt(20) + 1 : Integer.MAX_VALUE;
        Supplier<Journey> journey = () -> Journey.of(plan, RecordValue.of("input", Value.of(seed % 2)), world(seed))
                .among(Conversations.LIVELY)
                .resuming(resumptions)
                .cancelledAfter(cancelAfter);
        var straight = journey.get().go();
        UndoLaws.check(plan, straight.entries(), "");
        int length = straight.entries().size();
        var everywhere = new ArrayList<Integer>();
        for (int after = 1; after < length; after++) {
            compare(straight, journey.get().go(after), "killed after " + after);
            everywhere.add(after);
        }
        compare(
                straight,
                journey.get().go(everywhere.stream().mapToInt(Integer::intValue).toArray()),
                "killed after every entry");
    }

    private static void compare(Journey straight, Journey killed, String how) {
        for (int i = 0; i < Math.min(straight.entries().size(), killed.entries().size()); i++) {
            int number = i + 1;
            assertEquals(straight.entries().get(i), killed.entries().get(i), () -> "entry " + number + " " + how);
        }
        assertEquals(straight.entries().size(), killed.entries().size(), how);
        assertEquals(without(counting(straight), counting(killed)), without(counting(killed), counting(straight)), how);
        assertEquals(StateText.of(straight.state()), StateText.of(killed.state()), how);
    }

    /// What was asked for, without attempts of which nobody heard. Whether those were begun at all depends on the
    /// time: after a restart a race may be won in the very decision that begins them.
    private static Set<Effect> counting(Journey journey) {
        var heard = new HashSet<String>();
        for (var entry : journey.entries()) {
            switch (entry) {
                case Entry.StepDone(String path, int attempt, var _) -> heard.add(path + "#" + attempt);
                case Entry.StepFailed(String path, int attempt, var _) -> heard.add(path + "#" + attempt);
                case Entry.AttemptFailed(String path, int attempt, var _, var _) -> heard.add(path + "#" + attempt);
                case Entry.AttemptPostponed(String path, int attempt, var _) -> heard.add(path + "#" + attempt);
                case Entry.StepSkipped(String path, int attempt) -> heard.add(path + "#" + attempt);
                // Default: no outcome.
                default -> {}
            }
        }
        var effects = new LinkedHashSet<>(journey.effects());
        effects.removeIf(effect ->
                effect instanceof Effect.Perform perform && !heard.contains(perform.path() + "#" + perform.attempt()));
        return effects;
    }

    private static Set<Effect> without(Set<Effect> effects, Set<Effect> others) {
        var rest = new LinkedHashSet<>(effects);
        rest.removeAll(others);
        return rest;
    }

    /// Fails every third attempt; gives the arguments otherwise.
    static Function<Effect.Perform, Answer> world(long seed) {
        return perform -> {
            if (perform.terms().rate() != null && Math.floorMod(perform.hashCode() + seed, 5) == 0) {
                return new Answer.Skips();
            }
            long chance = (perform.key() + perform.attempt()).hashCode() * 31L + seed;
            return Math.floorMod(chance, 3) == 0
                    ? new Answer.Refuses(RunError.of("http_503", "busy").retryAfter(chance % 2 == 0 ? 700L : null))
                    : new Answer.Gives(perform.arguments());
        };
    }
}
