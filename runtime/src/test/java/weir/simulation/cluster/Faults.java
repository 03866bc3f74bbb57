package weir.simulation.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import weir.store.Queue;
import weir.store.StoreProblem;

/// What goes wrong between a process and the stores: the process dies before or after a call, the store is away, an
/// answer is lost, the queue loses what it is given or what it gave.
final class Faults {
    /// Outcomes of these may be unknown; anything else is repeated by the store itself until it is known.
    private static final Set<String> UNSURE = Set.of("accept", "append");

    private final @Nullable Consumer<String> narrator;
    private final Random random;
    private final int oneIn;
    private boolean over;

    /// @param oneIn one call in so many goes wrong
    /// @param narrator hears of every call, or null
    Faults(Random random, int oneIn, @Nullable Consumer<String> narrator) {
        this.narrator = narrator;
        this.random = random;
        this.oneIn = oneIn;
    }

    void end() {
        over = true;
    }

    /// Hears of every call that the store did.
    interface Tap {
        void called(Method method, Object @Nullable [] arguments, @Nullable Object result);
    }

    /// What a process sees of a store.
    <T> T between(Process process, Class<T> type, T store, Tap tap) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(process, store, method, arguments, tap)));
    }

    @Nullable
    private Object call(Process process, Object store, Method method, Object @Nullable [] arguments, Tap tap)
            throws Throwable {
        if (process.isDead()) {
            throw new Died();
        }
        boolean goesWrong = !over && random.nextInt(oneIn) == 0;
        int how = goesWrong ? random.nextInt(8) : -1;
        if (narrator != null) {
            narrator.accept(process.instant() + " " + process + ": " + method.getName() + Arrays.toString(arguments)
                    + (goesWrong ? " goes wrong (" + how + ")" : ""));
        }
        if (how == 0) {
            process.kill();
            throw new Died();
        }
        if (store instanceof Queue && how > 1) {
            return queue(store, method, arguments, how % 2 == 0);
        }
        if (how == 2 || how == 3) {
            return problem(method, StoreProblem.Kind.UNAVAILABLE);
        }
        var result = invoke(store, method, arguments);
        tap.called(method, arguments, result);
        if (how == 1) {
            process.kill();
            throw new Died();
        }
        if (how == 4 || how == 5) {
            return UNSURE.contains(method.getName())
                    ? problem(method, StoreProblem.Kind.UNKNOWN_OUTCOME)
                    : method.getName().equals("claim") ? result : problem(method, StoreProblem.Kind.UNAVAILABLE);
        }
        return result;
    }

    /// Redis fails without a word.
    ///
    /// @param heard whether it did what it was asked
    private @Nullable Object queue(Object queue, Method method, Object @Nullable [] arguments, boolean heard)
            throws Throwable {
        if (heard) {
            var result = invoke(queue, method, arguments);
            if (method.getReturnType() == void.class || result instanceof Queue.Depth) {
                return result;
            }
        }
        return switch (method.getReturnType().getSimpleName()) {
            case "int" -> 0;
            case "boolean" -> false;
            case "List" -> List.of();
            case "Depth" -> new Queue.Depth(0, 0, 0, 0);
            default -> null;
        };
    }

    private static Object problem(Method method, StoreProblem.Kind kind) {
        var problem = new StoreProblem(kind, method.getName() + " was made to fail", null);
        if (method.getReturnType() == CompletableFuture.class) {
            return CompletableFuture.failedFuture(problem);
        }
        throw problem;
    }

    private static @Nullable Object invoke(Object store, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
