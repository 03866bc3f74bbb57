package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.graph.Node;
import weir.model.StandardCatalog;
import weir.source.Source;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.Value;

/// The rule about secrets, tried with random expressions: whatever the checker lets a run give as its result neither
/// holds a secret nor ever looked at one. The evaluator, which refuses every look, is the judge.
class SecretsTest {
    private static final int PROGRAMS = Integer.getInteger("programs", 3_000);
    private static final String BEFORE = """
            type Account = { name: string, token: secret, next?: Account }

            function account(name: string, token: secret) -> Account = { name, token }
            function named(one: { name: string }) -> string = one.name
            function shown(one: json) -> json = one
            function texts(all: { [name]: string }) -> [string] = Object.values(all)

            workflow w(flag: boolean, data: json, t: string, n: int) -> json {
            """;
    private static final Scripts NO_SCRIPTS = (body, parameters, arguments) -> {
        throw new AssertionError("not native: " + body);
    };

    @Test
    void whatIsAllowedNeitherHoldsNorReadsASecret() {
        long seed = Long.getLong("seed", new Random().nextLong(1_000_000));
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var compiler = new Compiler(StandardCatalog.catalog());
        var leaks = new ArrayList<String>();
        int allowed = 0;
        int withSecret = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            String program = new Generator(random).program();
            var compiled = compiler.compile(new Source("w.weir", BEFORE + program + "}\n"), Files.NONE);
            if (compiled.hasErrors()) {
                continue;
            }
            allowed++;
            withSecret += program.contains("secret(") ? 1 : 0;
            var graph = compiled.graphs().getFirst();
            for (boolean flag : new boolean[] {true, false}) {
                String leak = leak(new Programs(graph.library(), RecordValue.EMPTY, NO_SCRIPTS), graph.body(), flag);
                if (!leak.isEmpty()) {
                    leaks.add(program + "  " + leak);
                }
            }
        }
        System.out.println(allowed + " allowed, " + withSecret + " with a secret");
        assertEquals("", String.join("\n", leaks), leaks.size() + " leaks");
        assertTrue(allowed > PROGRAMS / 20, "of the programs only " + allowed + " are allowed");
        assertTrue(withSecret > PROGRAMS / 300, "only " + withSecret + " of them have a secret");
    }

    private static String leak(Programs programs, Node.Block body, boolean flag) {
        var scope = new Scope(null);
        var frame = new Frame(null, 8);
        frame.set(scope.declare("flag"), Value.of(flag));
        frame.set(
                scope.declare("data"),
                Json.read("{\"a\": [1, \"b\", {\"c\": true}], \"token\": \"x\", \"includes\": 1}"));
        frame.set(scope.declare("t"), Value.of("b"));
        frame.set(scope.declare("n"), Value.of(1));
        try {
            for (Node node : body.nodes()) {
                if (node instanceof Node.Let let) {
                    var value = programs.compile(let.value(), scope).run(frame, ExpressionCases.evaluation());
                    frame.set(scope.declare(let.name()), value);
                } else if (node instanceof Node.Return returned && returned.value() != null) {
                    var program = programs.compile(returned.value(), scope);
                    return holdsSecret(program.run(frame, ExpressionCases.evaluation())) ? "holds one" : "";
                }
            }
            return "";
        } catch (EvaluationError error) {
            return error.sentence().contains("a secret can only") ? error.sentence() : "";
        }
    }

    private static boolean holdsSecret(Value value) {
        return switch (value) {
            case SecretValue _ -> true;
            case ListValue list -> list.asList().stream().anyMatch(SecretsTest::holdsSecret);
            case RecordValue record -> IntStream.range(0, record.size()).anyMatch(i -> holdsSecret(record.valueAt(i)));
            // Default: no other value has something in it.
            default -> false;
        };
    }

    /// Texts of expressions, with secrets in every place where a value may stand.
    private record Generator(Random random, List<String> items) {
        private static final List<String> LEAVES = List.of(
                "secret(\"K\")",
                "secret(\"K\")",
                "flag",
                "data",
                "data.a",
                "t",
                "n",
                "\"b\"",
                "null",
                "1",
                "true",
                "account(\"a\", secret(\"K\"))",
                "{ name: t, token: secret(\"K\") }",
                "[secret(\"K\"), t]",
                "[]",
                "{}");
        /// `@A`, `@B` and `@C` are expressions, `@F` is an arrow over an item.
        private static final List<String> FORMS = List.of(
                "[@A, @B]",
                "[...@A, @B]",
                "{ a: @A, b: @B }",
                "{ ...@A, b: @B }",
                "{ ...@A, ...@B }",
                "{ [t]: @A, b: @B }",
                "(flag ? @A : @B)",
                "(@A ?? @B)",
                "(@A || @B)",
                "(@A && @B)",
                "(@A ? @B : @C)",
                "(@A === @B)",
                "(@A !== null ? @A : @B)",
                "(@A < @B)",
                "(@A + @B)",
                "(@A in @B)",
                "!@A",
                "typeof @A",
                "`x${@A}${@B}`",
                "@A.a",
                "@A.b",
                "@A?.token",
                "@A.name",
                "@A.length",
                "@A[0]",
                "@A[@B]",
                "@A[t]",
                "@A.at(0)",
                "@A.includes(@B)",
                "@A.indexOf(@B)",
                "@A.concat(@B)",
                "@A.slice(0, 1)",
                "@A.join(\"-\")",
                "@A.toSorted()",
                "@A.toReversed()",
                "@A.flat()",
                "@A.with(0, @B)",
                "@A.toString()",
                "@A.map(@F)",
                "@A.filter(@F)",
                "@A.find(@F)",
                "@A.some(@F)",
                "@A.every(@F)",
                "@A.flatMap(@F)",
                "@A.findIndex(@F)",
                "@A.reduce((a, b) => a + b, @B)",
                "@A.map(({ a, name }) => [a, name])",
                "@A.map(([first]) => first)",
                "@A.map(x => ({ ...x, b: @B }))",
                "Object.keys(@A)",
                "Object.values(@A)",
                "Object.entries(@A)",
                "Object.groupBy(@A, @F)",
                "Array.of(@A, @B)",
                "Array.from(@A)",
                "Array.isArray(@A)",
                "chunks(@A, 1)",
                "structuredClone(@A)",
                "String(@A)",
                "Boolean(@A)",
                "JSON.stringify(@A)",
                "@A.startsWith(@B)",
                "@A.toSorted((a, b) => a < b ? 1 : -1)",
                "hash.sha256(@A)",
                "base64.encode(@A)",
                "url.query(@A)",
                "bearer(@A)",
                "named(@A)",
                "shown(@A)",
                "texts(@A)",
                "account(t, @A)",
                "Object.is(@A, @B)",
                "Object.hasOwn(@A, t)",
                "(typeof @A === \"string\" ? @A : @B)",
                "[@A].filter(x => x !== null)",
                "[@A].filter(Boolean)",
                "@A.map(shown)",
                "@A.map(named)",
                "[@A].map(String)",
                "[@A, @B].reduce((a, b) => ({ ...a, b }), {})",
                "@A.toSpliced(0, 1, @B)");

        Generator(Random random) {
            this(random, new ArrayList<>());
        }

        String program() {
            var text = new StringBuilder();
            for (int i = random.nextInt(4); i > 0; i--) {
                String value = expression(1 + random.nextInt(2));
                items.add("v" + items.size());
                text.append("  let ")
                        .append(items.getLast())
                        .append(" = ")
                        .append(value)
                        .append('\n');
            }
            return text.append("  return ")
                    .append(expression(random.nextInt(4)))
                    .append('\n')
                    .toString();
        }

        private String expression(int depth) {
            if (depth == 0 || random.nextInt(6) == 0) {
                boolean item = !items.isEmpty() && random.nextBoolean();
                return item ? items.get(random.nextInt(items.size())) : one(LEAVES);
            }
            return Pattern.compile("@.")
                    .matcher(one(FORMS))
                    .replaceAll(hole -> Matcher.quoteReplacement(
                            hole.group().equals("@F") ? arrow(depth - 1) : expression(depth - 1)));
        }

        private String arrow(int depth) {
            String name = "x" + items.size();
            items.add(name);
            String body = expression(depth);
            items.removeLast();
            return name + " => (" + body + ")";
        }

        private String one(List<String> texts) {
            return texts.get(random.nextInt(texts.size()));
        }
    }
}
