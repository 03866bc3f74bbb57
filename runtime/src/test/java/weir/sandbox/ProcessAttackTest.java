package weir.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
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

    @Override
    Map<Long, Long> cpu() {
        return ProcessHandle.current()
                .children()
                .collect(Collectors.toMap(
                        ProcessHandle::pid,
                        child -> child.info()
                                .totalCpuDuration()
                                .orElse(Duration.ZERO)
                                .toNanos()));
    }
}
