package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;

/// What ECMAScript says, step by step, holds in every way of evaluating: the tables in `conformance/`.
class ConformanceTest {
    private static final Sandbox SANDBOX = new Sandbox(Limits.STANDARD);
    private static final AllWays WAYS = new AllWays(SANDBOX);
    private static final int BATCH = 100;

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    static List<String> tables() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ConformanceTest.class.getResource("conformance"))
                .toURI());
    }

    private static List<ExpressionCases.Case> cases(String table) {
        return ExpressionCases.read("conformance/" + table);
    }

    private static Case closed(ExpressionCases.Case line) {
        return new Case(Exprs.read(line.expression()), List.of(), List.of());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void closuresAndBytecodeGiveWhatTheStandardSays(String table) {
        var wrong = new ArrayList<String>();
        for (var line : cases(table)) {
            var expr = closed(line).expr();
            var given = WAYS.closures(expr, List.of()).run(List.of());
            if (!given.equals(line.expected()) && !given.equals(AllWays.NOT_NATIVE)) {
                wrong.add(line.expression() + " ⇒ " + given + ", not " + line.expected());
            }
            wrong.addAll(WAYS.bytecode(expr, List.of(), List.of(List.of())));
        }
        assertEquals(List.of(), wrong, table);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theSandboxGivesWhatTheStandardSays(String table) {
        var wrong = new ArrayList<String>();
        var lines = cases(table);
        for (int from = 0; from < lines.size(); from += BATCH) {
            var batch = lines.subList(from, Math.min(from + BATCH, lines.size()));
            var given = WAYS.scripts(batch.stream().map(ConformanceTest::closed).toList());
            for (int i = 0; i < batch.size(); i++) {
                if (!given.get(i).equals(batch.get(i).expected())) {
                    wrong.add(batch.get(i).expression() + " ⇒ " + given.get(i) + ", not "
                            + batch.get(i).expected());
                }
            }
        }
        assertEquals(List.of(), wrong, table);
    }

    /// Whoever adds lines has Node, to know that they are right.
    @ParameterizedTest
    @MethodSource("tables")
    void nodeGivesTheSame(String table) throws IOException, InterruptedException, URISyntaxException {
        assumeTrue(nodeIsThere(), "there is no Node here");
        var process = new ProcessBuilder(
                        "node",
                        folder().resolve("check.mjs").toString(),
                        folder().resolve(table).toString())
                .redirectErrorStream(true)
                .start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertEquals("", told, table);
    }

    private static boolean nodeIsThere() throws InterruptedException {
        try {
            var process = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
