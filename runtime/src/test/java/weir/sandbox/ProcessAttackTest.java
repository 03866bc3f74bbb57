package weir.sandbox;

import org.junit.jupiter.api.AfterAll;
import weir.eval.Scripts;

/// What attacks cannot do in a thread they cannot do in a process of their own.
class ProcessAttackTest extends AttackTest {
    private final Processes processes = new Processes(AttackTest.LIMITS, ProcessOptions.STANDARD);

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
