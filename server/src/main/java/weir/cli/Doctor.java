package weir.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.embedded.EmbeddedPostgres;
import weir.embedded.EmbeddedRedis;
import weir.server.Config;
import weir.store.StoreProblem;
import weir.store.postgres.Inspection;
import weir.store.postgres.PostgresAddress;
import weir.store.redis.RedisInspection;

/// Looks at everything that a server stands on, and changes nothing. Each look gives one finding or more; none keeps
/// the others from being made.
final class Doctor {
    private static final int JAVA = 25;
    private static final long MIB = 1 << 20;
    private static final long LITTLE_MIB = 2_048;
    private static final long NOTHING_MIB = 256;
    private static final Duration SKEW = Duration.ofSeconds(1);
    private static final Duration LARGEST_SKEW = Duration.ofSeconds(5);

    enum Level {
        OK,
        WARN,
        FAIL
    }

    /// @param part what was looked at
    /// @param sentence what was found, and when it is not well, what to do
    record Finding(Level level, String part, String sentence) {}

    private final Config config;
    private final boolean keyGiven;
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(Config config, boolean keyGiven) {
        this.config = config;
        this.keyGiven = keyGiven;
    }

    /// @param keyGiven whether the environment has the master key
    static List<Finding> look(Config config, boolean keyGiven) {
        var doctor = new Doctor(config, keyGiven);
        doctor.java();
        doctor.settings();
        doctor.port();
        if (config.postgres() == null || config.redis() == null) {
            doctor.data();
        }
        doctor.key();
        doctor.postgres();
        doctor.redis();
        return doctor.findings;
    }

    private void ok(String part, String sentence) {
        findings.add(new Finding(Level.OK, part, sentence));
    }

    private void warn(String part, String sentence) {
        findings.add(new Finding(Level.WARN, part, sentence));
    }

    private void fail(String part, String sentence) {
        findings.add(new Finding(Level.FAIL, part, sentence));
    }

    private void java() {
        int feature = Runtime.version().feature();
        if (feature >= JAVA) {
            ok("java", "Java " + Runtime.version());
        } else {
            fail("java", "Java " + feature + " is too old: install a JDK " + JAVA + " or newer");
        }
    }

    private void settings() {
        try {
            config.check();
            ok("settings", config.isLoopback() ? "for this machine only" : "open to other machines, with a token");
        } catch (Config.Unusable wrong) {
            fail("settings", String.valueOf(wrong.getMessage()));
        }
    }

    private void port() {
        String where = config.host() + ":" + config.port();
        if (config.port() == 0) {
            ok("port", "any free one");
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(config.host()), config.port()));
            ok("port", where + " is free: no server is running there");
        } catch (IOException taken) {
            if (Remote.isWeir(config.host(), config.port())) {
                ok("port", "a Weir server answers on " + where);
            } else {
                fail("port", "another program has " + where + ", or it is not allowed: choose another with WEIR_PORT");
            }
        }
    }

    private void data() {
        Path home = config.data().toAbsolutePath().normalize();
        if (!Files.exists(home)) {
            ok("data", home + " is not there yet; the first `weir serve` makes it");
        } else if (!Files.isDirectory(home) || !Files.isWritable(home)) {
            fail("data", home + " cannot be written to: choose a folder that you own with --data DIR or WEIR_DATA");
        } else {
            ok("data", home + ", of " + owner(home));
        }
        room(home);
    }

    private static String owner(Path home) {
        try {
            return Files.getOwner(home).getName();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "somebody";
        }
    }

    private void room(Path home) {
        try {
            Path there = home;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            long free = Files.getFileStore(there).getUsableSpace() / MIB;
            if (free < NOTHING_MIB) {
                fail("disk", free + " MiB are free: a server does not start with less than " + NOTHING_MIB);
            } else if (free < LITTLE_MIB) {
                warn("disk", free + " MiB are free: make room, or keep runs for a shorter time (WEIR_RETENTION_…)");
            } else {
                ok("disk", free + " MiB are free");
            }
        } catch (IOException unknown) {
            warn("disk", "how much is free cannot be told: " + unknown.getMessage());
        }
    }

    private void key() {
        Path file = config.data().resolve("secrets").resolve("master.key");
        if (keyGiven) {
            ok("master key", "from WEIR_MASTER_KEY");
            return;
        }
        if (config.postgres() != null) {
            warn("master key", "WEIR_MASTER_KEY is not set: servers and workers on other machines need the same one");
            return;
        }
        try {
            if (!Files.exists(file)) {
                ok("master key", "made when it is first needed");
            } else if (Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
                    .containsAll(Files.getPosixFilePermissions(file))) {
                ok("master key", "in the data directory, for its owner only");
            } else {
                fail("master key", "others can read " + file + ": chmod 600 it");
            }
        } catch (IOException | UnsupportedOperationException unknown) {
            fail("master key", file + " cannot be looked at: " + unknown.getMessage());
        }
    }

    private void postgres() {
        try {
            var address = config.postgres() == null
                    ? EmbeddedPostgres.running(config.data()).orElse(null)
                    : URI.create(config.postgres());
            if (address == null) {
                ok("postgres", "the embedded one is not running; `weir serve` starts it");
                return;
            }
            inspect(Inspection.of(PostgresAddress.of(address)));
        } catch (StoreProblem | IOException | IllegalArgumentException problem) {
            fail("postgres", sentence(problem) + ": is it running, and do address and password fit?");
        }
    }

    private void inspect(Inspection found) {
        if (found.replica()) {
            fail("postgres", "PostgreSQL " + found.version() + " only reads: it is a replica that was not promoted");
        } else {
            ok("postgres", "PostgreSQL " + found.version() + ", " + found.workers() + " workers");
        }
        if (found.schema().isEmpty() || !found.schema().equals(found.newestSchema())) {
            schema(found);
        } else {
            ok("schema", "version " + found.schema());
        }
        var skew = found.skew().abs();
        if (skew.compareTo(LARGEST_SKEW) > 0) {
            fail("clock", "ours and PostgreSQL's are " + skew.toSeconds() + " s apart: set them, no run starts before");
        } else if (skew.compareTo(SKEW) > 0) {
            warn("clock", "ours and PostgreSQL's are " + skew.toMillis() + " ms apart: let a time server set them");
        } else {
            ok("clock", "the same as PostgreSQL's");
        }
        if (found.roles()) {
            ok("roles", "weir_engine and weir_api");
        } else if (!found.schema().isEmpty()) {
            fail("roles", "the login cannot become both: an administrator has to GRANT weir_engine, weir_api TO it");
        }
        if (found.strayRows() > 0) {
            warn("partitions", found.strayRows() + " rows lie in no month; the server moves them within minutes");
        } else {
            ok("partitions", "every row lies in its month");
        }
        if (found.overdue() > 0 && found.workers() > 0) {
            warn("runs", found.overdue() + " runs have been due for a minute: are there enough workers?");
        } else {
            ok("runs", found.overdue() == 0 ? "none waits without cause" : found.overdue() + " wait for a server");
        }
    }

    private void schema(Inspection found) {
        boolean newer = !found.schema().isEmpty()
                && Integer.parseInt(found.schema().replaceAll("\\D.*", "")) > Integer.parseInt(found.newestSchema());
        if (newer) {
            fail("schema", "version " + found.schema() + " is of a newer Weir; this one knows " + found.newestSchema());
        } else {
            warn(
                    "schema",
                    (found.schema().isEmpty() ? "older than 10, or none" : "version " + found.schema())
                            + "; the next start of a server brings it to " + found.newestSchema());
        }
    }

    private void redis() {
        try {
            @Nullable
            URI address = config.redis() == null
                    ? EmbeddedPostgres.running(config.data()).isPresent()
                            ? EmbeddedRedis.running(config.data()).orElse(null)
                            : null
                    : URI.create(config.redis());
            if (address == null) {
                ok("redis", "the embedded one is not running; `weir serve` starts it");
                return;
            }
            var found = RedisInspection.of(address);
            if (found.policy().equals("noeviction")) {
                ok("redis", "Redis " + found.version() + ", throws nothing away");
            } else {
                fail(
                        "redis",
                        "Redis " + found.version() + " may throw the queue away when its memory is full ("
                                + found.policy() + "): set maxmemory-policy noeviction");
            }
        } catch (StoreProblem | IOException | IllegalArgumentException problem) {
            fail("redis", sentence(problem) + ": is it running, and do address and password fit?");
        }
    }

    private static String sentence(Exception problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    }
}
