package weir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.source.Span;
import weir.value.Json;
import weir.value.Value;

/// Attacks get nowhere, and leave no trace for the next script in the same world.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackTest {
    static final Limits LIMITS = new Limits(Duration.ofMillis(300), Duration.ofSeconds(30), 96L << 20, 5_000_000, 1);
    private final Sandbox sandbox = new Sandbox(LIMITS);

    /// What a script can see of its world.
    private static final String CANARY = """
            const shape = [];
            const seen = new Set();
            const walk = (path, value, depth) => {
              if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
              seen.add(value);
              const keys = Reflect.ownKeys(value).map(String).sort();
              shape.push(`${path}: ${keys.join()} ${Object.isFrozen(value)}`);
              if (depth > 0) for (const key of Reflect.ownKeys(value)) {
                const { value: inner } = Object.getOwnPropertyDescriptor(value, key);
                walk(`${path}.${String(key)}`, inner, depth - 1);
              }
            };
            walk('', globalThis, 3);
            const { getPrototypeOf: above } = Object;
            const some = [() => 1, async () => 1, function* () {}, async function* () {}, (async () => 1)(), /a/g,
              [].values(), new Map().keys(), new Set().keys(), ''[Symbol.iterator](), 'a'.matchAll(/a/g),
              (function () { return arguments })(), (function* () {})(), (async function* () {})(), new Uint8Array(1),
              (t => t)`x`, new Error('x'), Symbol.iterator, 1, '', true];
            some.forEach((one, i) => { for (let o = above(one); o; o = above(o)) walk(`<${i}>`, o, 1); });
            return [shape.join('\\n').length, shape.filter(line => line.endsWith('false')),
              [3, 1, 2].map(x => x + 1).sort().join(), JSON.stringify({ a: [1] }), String({}), `${[1, [2]]}`,
              'a-b'.split('-').length, Math.max(1, 2), new Error('x').message, [...new Map([[1, 2]])], typeof leak];
            """;

    private static final String INTACT = intact();

    private static String intact() {
        try (var fresh = new Sandbox(LIMITS)) {
            return canary(fresh);
        }
    }

    private static String canary(Scripts scripts) {
        return Json.text(scripts.run(CANARY, List.of(), List.of()));
    }

    /// Where the attacks happen.
    Scripts scripts() {
        return sandbox;
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    record Attack(String name, String script, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Attack> attacks() throws IOException {
        try (var stream = Objects.requireNonNull(AttackTest.class.getResourceAsStream("attacks.txt"))) {
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("^=== (.*)\\n([\\s\\S]*?)\\n--- (.*)$", Pattern.MULTILINE)
                    .matcher(text)
                    .results()
                    .map(found -> new Attack(found.group(1), found.group(2), found.group(3)))
                    .toList();
        }
    }

    private static final Scripts.Host HOST = (function, values) -> {
        if (function.equals("$f_echo")) {
            return values.getFirst();
        }
        throw new EvaluationError("type_error", "it failed", Span.NONE);
    };

    /// Scripts get 300 ms, collecting garbage included; the rest is for one step of the engine, and for machines on
    /// which the same work takes more of the processor.
    private static final long MOST_NANOS = 1_500_000_000L;

    /// The processor time of what runs scripts, by its name.
    Map<Long, Long> cpu() {
        var threads = new Thread[1_000];
        int count = Thread.currentThread().getThreadGroup().getParent().enumerate(threads, true);
        var beans = ManagementFactory.getThreadMXBean();
        return Stream.of(threads)
                .limit(count)
                .filter(thread -> thread.getName().equals("script"))
                .collect(Collectors.toMap(Thread::threadId, thread -> beans.getThreadCpuTime(thread.threadId())));
    }

    /// What the busiest of those used that were there before; one that came meanwhile has only begun.
    private long cpuSince(Map<Long, Long> before) {
        return cpu().entrySet().stream()
                .mapToLong(each -> before.containsKey(each.getKey()) ? each.getValue() - before.get(each.getKey()) : 0)
                .max()
                .orElse(0);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void anAttackGetsNowhere(Attack attack) {
        var script = new Script(attack.script, List.of("given"), List.of("$f_echo", "$f_fail"));
        var before = cpu();
        var outcome = outcome(script);
        long taken = cpuSince(before);
        assertTrue(taken < MOST_NANOS, () -> "it took " + taken / 1_000_000 + " ms of CPU time: " + outcome);
        if (attack.expected.startsWith("! ")) {
            var parts = attack.expected.substring(2).split(" ", 2);
            // Which limit an attack meets first, or whether it fails before, depends on how fast the machine is.
            var code = parts[0].startsWith("limit_") ? "limit_" : parts[0];
            boolean limited = !code.equals("limit_") && outcome.startsWith("! limit_");
            assertTrue(limited || outcome.startsWith("! " + code), outcome);
            assertTrue(limited || parts.length == 1 || outcome.contains(parts[1]), outcome);
        } else {
            assertEquals(attack.expected, outcome);
        }
        assertEquals(INTACT, canary(scripts()));
    }

    private String outcome(Script script) {
        try {
            return Json.exactText(scripts().run(script, List.<Value>of(Json.read("{\"list\":[]}")), HOST));
        } catch (EvaluationError error) {
            return "! " + error.code() + " " + error.sentence();
        }
    }
}
