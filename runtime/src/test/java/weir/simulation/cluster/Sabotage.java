package weir.simulation.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import weir.store.Journal;
import weir.store.memory.MemoryStore;
import weir.store.memory.Weakened;

/// Protections that are taken away on purpose, to show that the laws notice each.
enum Sabotage {
    NONE,
    /// Whoever once had a run may write to it.
    NO_FENCE,
    /// A run falls asleep although it was told something.
    NO_INBOX_CHECK,
    /// Some appends are acknowledged and not kept.
    ACKNOWLEDGED_NOT_KEPT,
    /// A claim reads the journal before it is the run's owner: sometimes the last frame is missing.
    CLAIM_READS_EARLY,
    /// What dead servers own is never freed.
    DEAD_OWN_FOR_EVER,
    /// What a server may own without knowing it, because an accept or an append broke, is never let go of.
    NOTHING_LET_GO,
    /// Letters that were not delivered are not delivered later.
    NO_SECOND_DELIVERY,
    /// Letters leave the outbox before they are delivered.
    LETTERS_BEFORE_FRAMES,
    /// Everybody who waits for a turn gets it.
    NO_LIMITS,
    /// A key of a start is not looked at.
    NO_ONCE;

    MemoryStore store(VirtualTime time, Random random) {
        return switch (this) {
            case NO_FENCE -> Weakened.unfenced(time, random);
            case NO_INBOX_CHECK -> Weakened.deaf(time, random);
            default -> new MemoryStore(time, random);
        };
    }

    /// A part of the store as this sabotage leaves it.
    <T> T of(Class<T> type, T part, Random random) {
        if (this == NONE || this == NO_FENCE || this == NO_INBOX_CHECK) {
            return part;
        }
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(part, method, arguments, random)));
    }

    private @Nullable Object call(Object part, Method method, Object @Nullable [] given, Random random)
            throws Throwable {
        return switch (this + " " + method.getName()) {
            case "ACKNOWLEDGED_NOT_KEPT append" ->
                random.nextInt(20) == 0 ? acknowledged((Journal.Append) first(given)) : invoke(part, method, given);
            case "CLAIM_READS_EARLY claim" ->
                part instanceof Journal ? early(invoke(part, method, given)) : invoke(part, method, given);
            case "DEAD_OWN_FOR_EVER freeDead" -> 0;
            case "NOTHING_LET_GO disown" -> null;
            case "NO_SECOND_DELIVERY overdue" -> List.of();
            case "LETTERS_BEFORE_FRAMES append" ->
                invoke(part, method, new Object[] {withoutLetters((Journal.Append) first(given))});
            case "NO_LIMITS enter" -> {
                var arguments = Objects.requireNonNull(given);
                yield invoke(part, method, new Object[] {arguments[0], arguments[1], 100, arguments[3]});
            }
            case "NO_ONCE accept" -> invoke(part, method, new Object[] {withoutKey((Journal.Birth) first(given))});
            // Default: this call is as it should be.
            default -> invoke(part, method, given);
        };
    }

    private static Object first(Object @Nullable [] given) {
        return Objects.requireNonNull(given)[0];
    }

    private static Object acknowledged(Journal.Append append) {
        boolean keeps = append.disposition() instanceof Journal.Disposition.Keep;
        return CompletableFuture.completedFuture(new Journal.Appended(true, append.inboxSeen(), keeps));
    }

    private static Object early(@Nullable Object claims) {
        return ((List<?>) Objects.requireNonNull(claims))
                .stream().map(Journal.Claim.class::cast).map(Sabotage::early).toList();
    }

    private static Journal.Claim early(Journal.Claim claim) {
        int frames = claim.frames().size();
        return frames < 2
                ? claim
                : new Journal.Claim(
                        claim.run(),
                        claim.org(),
                        claim.workflow(),
                        claim.version(),
                        claim.epoch(),
                        claim.head(),
                        claim.inbox(),
                        claim.taken(),
                        claim.frames().subList(0, frames - 1),
                        claim.messages());
    }

    private static Journal.Append withoutLetters(Journal.Append append) {
        return new Journal.Append(
                append.run(),
                append.epoch(),
                append.head(),
                append.frames(),
                append.disposition(),
                append.inboxSeen(),
                append.taken(),
                List.of());
    }

    private static Journal.Birth withoutKey(Journal.Birth birth) {
        return new Journal.Birth(
                birth.id(),
                birth.org(),
                birth.workflow(),
                birth.version(),
                birth.priority(),
                birth.owner(),
                birth.wakeAt(),
                null,
                birth.frames(),
                birth.letters());
    }

    private static @Nullable Object invoke(Object part, Method method, Object @Nullable [] given) throws Throwable {
        try {
            return method.invoke(part, given);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
