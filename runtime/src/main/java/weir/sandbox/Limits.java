package weir.sandbox;

import java.time.Duration;
import java.util.Locale;

/// What one script may take. Each limit has a name that errors say, and a variable of the environment that sets it.
///
/// @param cpu of the processor, and its share of the time for which everything stood still to collect garbage
/// @param time of the clock, which also passes while the machine is busy with others
/// @param allocated bytes made in all, garbage included; what is held at one moment is less. In threads of the server,
/// more
///     than 256 MiB only as long as those of all scripts that run are less than half of its heap
/// @param text the longest text, in UTF-16 code units, also of the result as JSON; that of evaluations
/// @param worlds how many worlds for scripts are kept ready for all organisations together; each takes about 100 kB
public record Limits(Duration cpu, Duration time, long allocated, int text, int worlds) {
    public static final Limits STANDARD =
            new Limits(Duration.ofMillis(500), Duration.ofSeconds(20), 1L << 30, weir.eval.Evaluation.MAX_TEXT, 50);

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

    /// How many scripts run at the same time: one more than there are processors, for [FairQueue] keeps one from
    /// the slow.
    int threads() {
        return Math.min(worlds, Runtime.getRuntime().availableProcessors() + 1);
    }

    /// The limits by name, with the least and the most that each may be set to: times in milliseconds, memory in
    /// MiB.
    public enum Limit {
        CPU(10, 60_000),
        TIME(10, 600_000),
        ALLOCATED(16, 16_384),
        WORLDS(1, 10_000);

        public final int least;
        public final int most;

        Limit(int least, int most) {
            this.least = least;
            this.most = most;
        }

        public boolean isTime() {
            return this == CPU || this == TIME;
        }

        /// `WEIR_SANDBOX_TIME`
        public String variable() {
            return "WEIR_SANDBOX_" + name();
        }

        /// What an error says of it behind its reason: its name, and what sets it.
        String told() {
            return " (limit `sandbox." + name().toLowerCase(Locale.ROOT) + "`, set by " + variable() + ")";
        }
    }

    /// A limit as it is now; times in milliseconds, memory in MiB.
    public int of(Limit limit) {
        return switch (limit) {
            case CPU -> (int) cpu.toMillis();
            case TIME -> (int) time.toMillis();
            case ALLOCATED -> (int) (allocated >> 20);
            case WORLDS -> worlds;
        };
    }

    /// With another value of a limit.
    public Limits with(Limit limit, int value) {
        return new Limits(
                limit == Limit.CPU ? Duration.ofMillis(value) : cpu,
                limit == Limit.TIME ? Duration.ofMillis(value) : time,
                limit == Limit.ALLOCATED ? (long) value << 20 : allocated,
                text,
                limit == Limit.WORLDS ? value : worlds);
    }
}
