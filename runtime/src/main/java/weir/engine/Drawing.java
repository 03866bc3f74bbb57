package weir.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import weir.eval.Datetimes;
import weir.eval.Draws;
import weir.graph.Expr;
import weir.value.Value;

/// The draws of one evaluation: `now()` is the decision's time; the others follow from the run's seed, the place and
/// the number of the draw there, so that the engine needs no source of chance.
final class Drawing implements Draws {
    private final UUID run;
    private final long seed;
    private final String place;
    private final Instant now;
    private int ordinal;

    Drawing(UUID run, long seed, String place, Instant now) {
        this.run = run;
        this.seed = seed;
        this.place = place;
        this.now = now;
    }

    @Override
    public Value draw(Expr.Drawn what) {
        return switch (what) {
            case NOW -> Value.of(Datetimes.text(now));
            case UUID -> Value.of(uuid().toString());
            case RANDOM -> Value.of(random());
        };
    }

    /// From 0 to below 1.
    double random() {
        return (bits().getLong() >>> 11) * 0x1.0p-53;
    }

    /// The id of the run that an attempt of a step is.
    static UUID child(RunState run, String path, int generation, int attempt, Instant begun) {
        String place = path + "#" + generation + "/" + attempt + "/child";
        return new Drawing(run.origin(), run.started.seed(), place, begun).timedUuid();
    }

    /// A UUID of version 7: the decision's time, then what follows from the place.
    UUID timedUuid() {
        var bits = bits();
        long high = (now.toEpochMilli() << 16) | 0x7000L | (bits.getLong() & 0xfffL);
        long low = (bits.getLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low);
    }

    private UUID uuid() {
        var bits = bits();
        long high = (bits.getLong() & ~0xf000L) | 0x4000L;
        long low = (bits.getLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low);
    }

    private ByteBuffer bits() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(28)
                    .putLong(seed)
                    .putLong(run.getMostSignificantBits())
                    .putLong(run.getLeastSignificantBits())
                    .putInt(ordinal++)
                    .flip());
            return ByteBuffer.wrap(digest.digest(place.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
