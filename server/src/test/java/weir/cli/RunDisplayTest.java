package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.RunError;
import weir.graph.Node;
import weir.graph.Policies;
import weir.source.Span;
import weir.value.RecordValue;
import weir.value.Value;

class RunDisplayTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Terminal terminal(boolean screen) {
        return new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(OutputStreamOfNothing.INSTANCE, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("NO_COLOR", "1"),
                Path.of(""),
                new Terminal.Screens(false, false, screen));
    }

    private static final class OutputStreamOfNothing extends java.io.OutputStream {
        static final OutputStreamOfNothing INSTANCE = new OutputStreamOfNothing();

        @Override
        public void write(int b) {}
    }

    private RunDisplay display(boolean screen) {
        return new RunDisplay(
                terminal(screen),
                path -> path.equals("charge")
                        ? Optional.of(new Node.Step(
                                "charge", "charge", "http", "1.0", "post", List.of(), Policies.NONE, null, Span.NONE))
                        : Optional.empty(),
                () -> START.plusSeconds(90),
                java.util.Set.of("sent"));
    }

    private static Frame after(Duration time, Entry... entries) {
        return new Frame(1, START.plus(time), List.of(entries));
    }

    private static Entry.StepPlanned planned() {
        return new Entry.StepPlanned("charge", 1, RecordValue.EMPTY, "key", null, null, weir.engine.Terms.NONE);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWaitedForIsToldUnlessItIsSentAnyway() {
        try (var display = display(false)) {
            display.show(after(
                    Duration.ZERO,
                    new Entry.Awaited("a", "paid", START.plusSeconds(60)),
                    new Entry.Awaited("b", "sent", null),
                    new Entry.Waiting("c", START.plusSeconds(5)),
                    new Entry.Waiting("d", START.plusSeconds(500))));
        }
        assertEquals("""
                · waits for the event "paid" until 2026-01-01T00:01:00Z  start with --emit paid='{…}' to send it
                · waits until 2026-01-01T00:08:20Z
                """, said());
    }

    @Test
    void whatFailsAndIsCaughtIsToldAndWhatEndsTheRunIsNot() {
        try (var display = display(false)) {
            display.show(after(Duration.ZERO, new Entry.Raised("race/late/fail", RunError.of("failed", "too late"))));
            display.show(after(
                    Duration.ZERO,
                    new Entry.Raised("fail", RunError.of("failed", "the end")),
                    new Entry.Parked(RunError.of("failed", "the end"))));
        }
        assertEquals("! race/late/fail  too late (failed)\n", said());
    }

    @Test
    void aPipeGetsALineForEverythingThatIsOver() {
        try (var display = display(false)) {
            display.show(after(Duration.ZERO, planned()));
            display.show(after(
                    Duration.ofMillis(40),
                    new Entry.AttemptFailed("charge", 1, RunError.of("http_503", "away"), START.plusSeconds(2))));
            display.show(after(Duration.ofSeconds(2), new Entry.AttemptBegun("charge", 2)));
            display.show(after(Duration.ofMillis(2_340), new Entry.StepDone("charge", 2, Value.of(true))));
            display.show(after(Duration.ofSeconds(3), new Entry.Logged("log", Value.of("charged"))));
            display.show(after(Duration.ofSeconds(3), new Entry.Waiting("wait", START.plusSeconds(200))));
            display.show(after(Duration.ofSeconds(200), new Entry.Woke("wait")));
        }
        assertEquals("""
                ! charge  http.post  attempt 1: away (http_503)
                ✓ charge  http.post  2.3 s, attempt 2
                · charged
                · waits until 2026-01-01T00:03:20Z
                ✓ wait  3 min 17 s
                """, said());
    }

    @Test
    void aStepThatIsGivenUpSaysWhy() {
        try (var display = display(false)) {
            display.show(after(Duration.ZERO, planned()));
            display.show(
                    after(Duration.ofMillis(5), new Entry.StepFailed("charge", 3, RunError.of("http_500", "broken"))));
        }
        assertEquals("✗ charge  http.post  5 ms, after 3 attempts: broken (http_500)\n", said());
    }

    @Test
    void aTerminalSeesWhatIsGoingOnAndForHowLong() throws InterruptedException {
        try (var display = display(true)) {
            display.show(after(Duration.ZERO, planned()));
            display.show(after(Duration.ofSeconds(1), new Entry.Waiting("wait", START.plusSeconds(150))));
            long deadline = System.nanoTime() + 20_000_000_000L;
            // Drawn again after the line that stays.
            while (!said().matches("(?s).*waits until.*wait  1 min 0 s left.*") && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
        }
        assertTrue(said().contains("charge  http.post  1 min 30 s\n"), said());
        assertTrue(
                said().endsWith("\r\u001b[J"),
                () -> "the moving lines are wiped out at the end: "
                        + said().replace("\u001b", "ESC").replace("\r", "CR"));
    }

    @Test
    void nothingMovesInAPipe() {
        try (var display = display(false)) {
            display.show(after(Duration.ZERO, planned()));
        }
        assertFalse(said().contains("\u001b"), said());
    }
}
