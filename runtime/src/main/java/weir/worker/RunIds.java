package weir.worker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes UUIDv7s that ascend within this process, so that new rows go to the end of every index.
///
/// Layout (RFC 9562): 48 bits of milliseconds, version, 12 bits of a counter, variant, 62 random bits.
public final class RunIds {
    private static final int COUNTER_LIMIT = 1 << 12;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long lastMillis;
    private int counter;

    /// @param random one that nobody can guess, where ids are shown to strangers
    public RunIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /// When a run was accepted.
    static Instant time(UUID run) {
        return Instant.ofEpochMilli(run.getMostSignificantBits() >>> 16);
    }

    public synchronized UUID next() {
        long now = clock.millis();
        if (now > lastMillis) {
            lastMillis = now;
            counter = random.nextInt(COUNTER_LIMIT >> 1);
        } else if (++counter == COUNTER_LIMIT) {
            lastMillis++;
            counter = 0;
        }
        long high = (lastMillis << 16) | 0x7000L | counter;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
