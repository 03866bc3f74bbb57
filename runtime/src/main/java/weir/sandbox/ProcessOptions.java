package weir.sandbox;

import java.time.Duration;

/// How many processes run scripts, and how big they are.
///
/// @param processes that serve somebody at the same time; one more is kept ready
/// @param processesOfOne how many of them one organisation may have
/// @param megabytes of heap each; with what Java itself needs, a process takes some 70 more
/// @param idle after how long one that has nothing to do is ended
public record ProcessOptions(int processes, int processesOfOne, int megabytes, Duration idle) {
    public static final ProcessOptions STANDARD = new ProcessOptions(
            Math.max(4, 2 * Runtime.getRuntime().availableProcessors()),
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            128,
            Duration.ofMinutes(1));

    public ProcessOptions {
        if (processes < 1 || processesOfOne < 1 || megabytes < 32 || idle.isNegative()) {
            throw new IllegalArgumentException("there must be a process, with at least 32 MiB");
        }
    }
}
