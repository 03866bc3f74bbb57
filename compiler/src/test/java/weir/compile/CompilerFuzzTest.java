package weir.compile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import weir.check.Availability;
import weir.graph.GraphJson;
import weir.model.StandardCatalog;
import weir.source.Diagnostic;
import weir.source.Source;

/// Damaged programs: whatever stands in a text, the compiler answers with diagnostics, in the user's words.
class CompilerFuzzTest {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));
    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);
    private static final String[] PIECES = {
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "\"",
        "`",
        "${",
        "=>",
        "?.",
        "??",
        "...",
        "||",
        "|",
        "===",
        "=",
        "-> ",
        ": ",
        ",",
        " step ",
        " let x = ",
        " yield ",
        " if (",
        " else ",
        " for x of ",
        " parallel { a { ",
        " case ",
        " null ",
        " undefined ",
        "_",
        "0",
        "1h",
        "-",
        "!",
        " typeof ",
        " secret(\"A\") ",
        " now() ",
        "http.get(",
        "order",
        ".x",
        "[0]",
        "({ ...x })",
        "(x => x)",
        "\n",
        "// c\n",
        "/*",
        " return ",
        " fail ",
        " race { ",
        " try { ",
        " } catch e { ",
    };

    /// Fewer than the nightly million; `-Dfuzz=N` asks for more.
    private static final int COUNT = Integer.getInteger("fuzz", 1_500);

    @Test
    void nothingThatStandsInATextMakesTheCompilerFail() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        List<String> texts = texts();
        for (int i = 0; i < COUNT; i++) {
            String text = damaged(texts.get(random.nextInt(texts.size())), random);
            Compiled compiled;
            try {
                compiled = COMPILER.compile(new Source("fuzz.weir", text), path -> null);
                compiled.graphs().forEach(graph -> GraphJson.read(GraphJson.write(graph)));
            } catch (RuntimeException | StackOverflowError failure) {
                throw new AssertionError("-Dseed=" + seed + ", text " + i + ":\n" + text, failure);
            }
            for (Diagnostic diagnostic : compiled.diagnostics()) {
                String message = diagnostic.message() + " " + diagnostic.hint();
                assertFalse(
                        message.contains("weir.") || message.contains("Exception") || message.contains("'T"),
                        () -> "-Dseed=" + seed + ": " + message + "\n" + text);
                assertTrue(diagnostic.at().span().end() <= text.length(), () -> "-Dseed=" + seed + "\n" + text);
            }
        }
    }

    private static String damaged(String text, Random random) {
        var damaged = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0 && !damaged.isEmpty(); i--) {
            int at = random.nextInt(damaged.length());
            int end = Math.min(damaged.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> damaged.delete(at, end);
                case 1 -> damaged.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> damaged.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
                default -> {
                    int from = random.nextInt(damaged.length());
                    int to = Math.min(damaged.length(), from + random.nextInt(60));
                    damaged.insert(at, damaged.substring(from, to));
                }
            }
        }
        return damaged.toString();
    }

    private static List<String> texts() throws IOException {
        var texts = new ArrayList<String>();
        texts.add(Files.readString(ROOT.resolve("grammar/examples/forms.weir")));
        texts.add(Files.readString(ROOT.resolve("compiler/src/test/resources/weir/compile/order.weir")));
        try (Stream<Path> files = Files.list(ROOT.resolve("compiler/src/test/resources/weir/check"))) {
            for (Path file : files.sorted().toList()) {
                for (String part : Files.readString(file).split("(?m)^=== .*\n")) {
                    texts.add(part.split("(?m)^---$")[0]);
                }
            }
        }
        return texts;
    }
}
