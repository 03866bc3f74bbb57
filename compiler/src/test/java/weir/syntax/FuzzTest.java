package weir.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import weir.format.Formatted;
import weir.format.Formatter;
import weir.source.Diagnostic;
import weir.source.Renderer;
import weir.source.Source;
import weir.source.Span;

/// Whatever is in a text, reading it ends, throws nothing, and says something if the tree has a gap.
class FuzzTest {
    /// How many texts are tried; `-Dinputs=N -Dseed=N` for more.
    private static final int INPUTS = Integer.getInteger("inputs", 1_200);

    private static final long SEED = Long.getLong("seed", 1);

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void spoiledTextsAreReadToTheirEnd() throws IOException {
        List<String> pieces =
                List.of(Files.readString(ParserTest.forms()).split("\n(?=\n(?:///|workflow|rules|test))"));
        for (long seed = SEED; seed < SEED + INPUTS; seed++) {
            var random = new Random(seed);
            int from = random.nextInt(pieces.size());
            int to = Math.min(pieces.size(), from + 1 + random.nextInt(3));
            check(Mutations.mutate(String.join("\n", pieces.subList(from, to)), random), seed);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noiseIsReadToItsEnd() {
        for (long seed = SEED; seed < SEED + INPUTS / 10; seed++) {
            var random = new Random(seed);
            check(Mutations.mutate(ProgramGenerator.program(seed, true), random), seed);
            var noise = new StringBuilder();
            for (int i = random.nextInt(200); i > 0; i--) {
                noise.append(Mutations.mutate("", random));
            }
            check(noise.toString(), seed);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyPieceMayBeRepeatedWithoutEnd() {
        for (String piece : Mutations.PIECES) {
            String text = piece.repeat(2_000 / piece.length());
            check(text, 0);
            check("workflow w() {\n  " + text, 0);
        }
    }

    private static void check(String text, long seed) {
        try {
            var source = new Source("fuzz", text);
            Parsed parsed = Parser.parse(source);
            checkSpans(parsed.file(), text.length());
            boolean broken = Trees.withoutPlaces(parsed.file()).contains("Broken(");
            List<Diagnostic> errors =
                    parsed.diagnostics().stream().filter(Diagnostic::isError).toList();
            assertTrue(!broken || !errors.isEmpty(), "a gap in the tree is told");
            assertTrue(!Renderer.coloured().render(parsed.diagnostics()).isEmpty()
                    || parsed.diagnostics().isEmpty());
            for (Diagnostic diagnostic : parsed.diagnostics()) {
                diagnostic.fixes().forEach(fix -> fix.apply(text));
            }
            if (errors.isEmpty()) {
                String once = formatted(text);
                assertEquals(once, formatted(once));
            }
        } catch (RuntimeException | StackOverflowError | AssertionError failure) {
            throw new AssertionError("seed " + seed + ": " + failure + "\n" + text, failure);
        }
    }

    private static String formatted(String text) {
        Formatted formatted = Formatter.format(new Source("formatted", text));
        assertEquals("", Renderer.plain().render(formatted.diagnostics()));
        return formatted.text();
    }

    /// Every span of the tree lies in the text.
    private static void checkSpans(Object node, int length) {
        switch (node) {
            case Span span -> assertTrue(span.end() <= length, "a span ends in the text");
            case List<?> list -> list.forEach(item -> checkSpans(item, length));
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    Object value = Trees.read(record, component);
                    if (value != null) {
                        checkSpans(value, length);
                    }
                }
            }
            default -> {}
        }
    }
}
