package weir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import weir.script.Globals;
import weir.script.Outline;
import weir.value.ListValue;
import weir.value.StringValue;

/// The compiler reads scripts without the JavaScript engine. It must not refuse what the engine takes.
class ScriptAgreementTest {
    private static Context context;

    @BeforeAll
    static void open() {
        context = Context.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .allowExperimentalOptions(true)
                .option("js.bigint", "false")
                .build();
    }

    @AfterAll
    static void close() {
        context.close();
    }

    /// As the sandbox wraps it, see [ScriptSource].
    private static boolean engineTakes(String body) {
        var wrappings = List.of("(function (a, b) {", "(class { body(a, b) {", "({ body(a, b) {");
        var ends = List.of("})", "} })", "} })");
        try {
            for (int i = 0; i < 3; i++) {
                var text = wrappings.get(i) + " 'use strict';\n" + body + "\n" + ends.get(i);
                context.parse(Source.newBuilder("js", text, "script").buildLiteral());
            }
            return true;
        } catch (PolyglotException refused) {
            return false;
        }
    }

    private static String mistake(String body) {
        var mistake = Outline.of(body, List.of("a", "b")).mistake();
        return mistake == null ? null : mistake.sentence();
    }

    private static List<String> corpus(String name) {
        try (var stream = ScriptAgreementTest.class.getResourceAsStream(name)) {
            var text = new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^----\\n"))
                    .filter(part -> !part.isBlank())
                    .toList();
        } catch (java.io.IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    @Test
    void whatTheEngineTakesIsTaken() {
        for (String script : corpus("scripts.txt")) {
            assertTrue(engineTakes(script), "the engine: " + script);
            assertNull(mistake(script), script);
        }
    }

    @Test
    void whatTheEngineRefusesIsRefused() {
        for (String script : corpus("no-scripts.txt")) {
            assertEquals(false, engineTakes(script), "the engine: " + script);
            assertNotNull(mistake(script), script);
        }
    }

    @Test
    void aScriptWithSmallSlipsIsNotRefusedUnlessTheEngineDoes() {
        long seed = Long.getLong("seed", 20_260_101L);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var scripts = corpus("scripts.txt");
        var passed = new ArrayList<String>();
        int refused = 0;
        for (int i = 0; i < Integer.getInteger("scripts", 3_000); i++) {
            String script = slip(scripts.get(random.nextInt(scripts.size())), scripts, random);
            boolean engine = engineTakes(script);
            String mistake = mistake(script);
            assertTrue(
                    !engine || mistake == null, () -> "refused, but taken by the engine: " + mistake + "\n" + script);
            refused += engine ? 0 : 1;
            if (!engine && mistake == null) {
                passed.add(script);
            }
        }
        if (Boolean.getBoolean("show")) {
            passed.forEach(script -> System.out.println("----\n" + script));
        }
        assertTrue(passed.size() * 10 <= refused, passed.size() + " of " + refused + " were not found");
    }

    private static final List<String> BITS = List.of(
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            ",",
            ";",
            "=",
            "=>",
            "...",
            "`",
            "${",
            "'",
            "/",
            "?.",
            "?",
            ":",
            "await ",
            "async ",
            "return ",
            "let ",
            "const ",
            "function ",
            "class ",
            "yield ",
            "new ",
            "\n",
            "*",
            "**",
            "++",
            "in ",
            "of ",
            "0",
            "x");

    private static String slip(String script, List<String> scripts, Random random) {
        int at = random.nextInt(script.length());
        int end = Math.min(script.length(), at + 1 + random.nextInt(4));
        return switch (random.nextInt(4)) {
            case 0 -> script.substring(0, at) + script.substring(end);
            case 1 -> script.substring(0, at) + BITS.get(random.nextInt(BITS.size())) + script.substring(at);
            case 2 -> script.substring(0, at) + script.substring(at, end).repeat(2) + script.substring(end);
            default -> {
                String other = scripts.get(random.nextInt(scripts.size()));
                int from = random.nextInt(other.length());
                yield script.substring(0, at)
                        + other.substring(from, Math.min(other.length(), from + 1 + random.nextInt(12)))
                        + script.substring(at);
            }
        };
    }

    @Test
    void theNamesThatScriptsHaveAreKnown() {
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            var names = (ListValue) sandbox.run("return Object.getOwnPropertyNames(globalThis)", List.of(), List.of());
            Set<String> there = names.asList().stream()
                    .map(name -> ((StringValue) name).value())
                    // What printed expressions use is nobody else's.
                    .filter(name -> !name.startsWith("$"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(there, new TreeSet<>(Globals.NAMES));
        }
    }
}
