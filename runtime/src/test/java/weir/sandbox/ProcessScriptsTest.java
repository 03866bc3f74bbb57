package weir.sandbox;

import org.junit.jupiter.api.AfterAll;
import weir.eval.Scripts;

/// Whatever scripts give in a thread they give in a process of their own.
class ProcessScriptsTest extends SandboxTest {
    private final Processes processes = new Processes(Limits.STANDARD, ProcessOptions.STANDARD);

    @AfterAll
    @Override
    void close() {
        super.close();
        processes.close();
    }

    @Override
    Scripts scripts() {
        return processes.of(1);
    }
}
