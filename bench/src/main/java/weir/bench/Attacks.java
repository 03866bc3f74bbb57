package weir.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.source.Span;
import weir.value.Json;
import weir.value.Value;

/// Somebody who attacks the sandbox all the time with the cases of its tests, every one in turn, from several threads.
/// Closing it ends the attack.
final class Attacks implements AutoCloseable {
    private static final int ATTACKERS = 4;
    private static final Pattern CASE = Pattern.compile("^=== (.*)\\n([\\s\\S]*?)\\n--- .*$", Pattern.MULTILINE);
    private static final List<Value> GIVEN = List.of(Json.read("{\"list\":[]}"));

    /// An attack.
    record Case(String name, Script script) {
        Value run(Scripts target) {
            return target.run(script, GIVEN, Attacks::perform);
        }
    }

    private final List<Case> cases;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> attackers;

    /// @param root the checkout, which holds the cases
    Attacks(Path root, Scripts target) throws IOException {
        this.cases = cases(root);
        this.attackers = IntStream.range(0, ATTACKERS)
                .mapToObj(i -> Thread.ofPlatform().daemon().start(() -> attack(target)))
                .toList();
    }

    /// All there are.
    static List<Case> cases(Path root) throws IOException {
        var text = Files.readString(
                root.resolve("runtime/src/test/resources/weir/sandbox/attacks.txt"), StandardCharsets.UTF_8);
        return CASE.matcher(text)
                .results()
                .map(found -> new Case(
                        found.group(1), new Script(found.group(2), List.of("given"), List.of("$f_echo", "$f_fail"))))
                .toList();
    }

    /// How many attacks have been made.
    int made() {
        return next.get();
    }

    private void attack(Scripts target) {
        while (!over.get()) {
            try {
                var _ = cases.get(next.getAndIncrement() % cases.size()).run(target);
            } catch (EvaluationError stopped) {
                // That is what should happen.
                continue;
            }
        }
    }

    private static Value perform(String function, List<Value> values) {
        if (function.equals("$f_echo")) {
            return values.getFirst();
        }
        throw new EvaluationError("type_error", "it failed", Span.NONE);
    }

    @Override
    public void close() throws InterruptedException {
        over.set(true);
        for (var attacker : attackers) {
            attacker.join();
        }
    }
}
