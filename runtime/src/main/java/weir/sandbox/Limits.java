package weir.sandbox;

import java.time.Duration;

/// What one script may take.
///
/// @param cpu of the processor
/// @param time of the clock, which also passes while the machine is busy with others
/// @param allocated bytes made in all, garbage included; what is held at one moment is less
/// @param text the longest text, in UTF-16 code units
/// @param worlds how many scripts run at the same time; each keeps a thread and about 100 kB
public record Limits(Duration cpu, Duration time, long allocated, int text, int worlds) {
    public static final Limits STANDARD = new Limits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            256L << 20,
            weir.eval.Evaluation.MAX_TEXT,
            Math.max(2, Runtime.getRuntime().availableProcessors()));

    /// With another longest text.
    public Limits withText(int most) {
        return new Limits(cpu, time, allocated, most, worlds);
    }

    public Limits {
        if (cpu.isNegative() || cpu.isZero() || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("scripts need some time");
        }
        if (allocated < 1 << 20 || text < 1 || worlds < 1) {
            throw new IllegalArgumentException("scripts need some memory, text and a world");
        }
    }
}
