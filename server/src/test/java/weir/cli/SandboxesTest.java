package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.sandbox.Processes;

/// Whose scripts run where.
class SandboxesTest {
    private static Terminal terminal(String isolation) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Terminal(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                Map.of("WEIR_SANDBOX_ISOLATION", isolation),
                Path.of(""),
                Terminal.Screens.NONE);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            auto, false, false
            auto, true, true
            processes, false, true
            threads, true, false
            """)
    void strangersHaveProcesses(String isolation, boolean strangers, boolean processes) throws Exception {
        try (var tenants = Sandboxes.open(terminal(isolation), strangers)) {
            assertEquals(processes, tenants instanceof Processes);
        }
    }

    @ParameterizedTest
    @CsvSource("containers")
    void whatIsNotKnownIsRefused(String isolation) {
        var failure = assertThrows(Failure.class, () -> Sandboxes.open(terminal(isolation), false));
        assertEquals("WEIR_SANDBOX_ISOLATION must be auto, threads or processes.", failure.sentence());
    }
}
