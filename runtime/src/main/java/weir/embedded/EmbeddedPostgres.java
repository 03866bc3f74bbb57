package weir.embedded;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A PostgreSQL of our own, on a free port of the loopback address, that keeps its data in `postgres/` of the data
/// directory.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String USER = "weir";
    private static final String DATABASE = "weir";
    private static final int ATTEMPTS = 10;

    private final Path cluster;
    private final int port;
    private final String password;
    private final Watched watched;

    private EmbeddedPostgres(Path cluster, int port, String password, Watched watched) {
        this.cluster = cluster;
        this.port = port;
        this.password = password;
        this.watched = watched;
    }

    /// Makes the database if there is none yet, and starts it. Returns when it takes connections.
    public static EmbeddedPostgres start(DataDirectory data) throws EmbeddedProblem {
        try {
            var programs = data.binaries().postgres();
            var password = data.secret("postgres");
            var cluster = data.folder("postgres");
            if (Files.exists(cluster)) {
                requireSameVersion(cluster, programs);
            } else {
                new Initialisation(data, programs).run(password);
            }
            return start(data, programs, cluster, password);
        } catch (IOException problem) {
            throw DataDirectory.problem(data.home(), problem);
        }
    }

    /// A port that was free a moment ago may be taken, and after a kill the last of the old processes may still be
    /// ending.
    private static EmbeddedPostgres start(DataDirectory data, Path programs, Path cluster, String password)
            throws IOException, EmbeddedProblem {
        for (int attempt = 1; ; attempt++) {
            int port = Ports.free();
            var watched = new Watched(
                    new Program(data.account(), programs, cluster, port), data.home(), data.log("postgres"));
            try {
                watched.start();
                return new EmbeddedPostgres(cluster, port, password, watched);
            } catch (Watched.Stillborn stillborn) {
                watched.close();
                if (attempt == ATTEMPTS || !mayPass(stillborn.lastWords())) {
                    throw new EmbeddedProblem("PostgreSQL does not start: " + stillborn.lastWords() + " (its log is "
                            + data.log("postgres") + ").");
                }
                Ports.pause(100L * attempt);
            }
        }
    }

    private static boolean mayPass(String lastWords) {
        return lastWords.contains("still in use")
                || lastWords.contains("could not bind")
                || lastWords.contains("could not create any TCP/IP sockets")
                || lastWords.contains("lock file");
    }

    /// Never a new database beside data that this version cannot read.
    private static void requireSameVersion(Path cluster, Path programs) throws IOException, EmbeddedProblem {
        String data;
        try {
            data = Files.readString(cluster.resolve("PG_VERSION")).strip();
        } catch (NoSuchFileException incomplete) {
            throw new EmbeddedProblem("The folder " + cluster + " is not a PostgreSQL database (it has no PG_VERSION);"
                    + " restore it from a backup, or move it away to start with an empty database.");
        }
        var outcome = Commands.run(List.of(programs.resolve("bin/postgres").toString(), "--version"), null);
        var words = outcome.output().strip().split("[ .]");
        if (words.length < 3 || !outcome.succeeded()) {
            throw new EmbeddedProblem(
                    "The embedded PostgreSQL does not run on this machine: " + outcome.lastWords() + ".");
        }
        if (!data.equals(words[2])) {
            throw new EmbeddedProblem(
                    "The data in " + cluster + " is of PostgreSQL " + data + ", this build brings " + words[2]
                            + "; run the Weir that made the data once with `weir backup`, then restore with this one.");
        }
    }

    /// The one that another process has running on this data, with user and password; empty when none does.
    ///
    /// @param home of the data directory
    /// @throws IOException when it belongs to somebody else
    public static Optional<URI> running(Path home) throws IOException {
        var secret = home.resolve("secrets").resolve("postgres");
        var file = PostmasterFile.read(home.resolve("postgres"));
        if (file.isEmpty() || file.get().process().isEmpty() || !Files.exists(secret)) {
            return Optional.empty();
        }
        var password = Files.readString(secret).strip();
        return file.get().port().map(port -> uri(password, port));
    }

    /// Whether a data directory holds a database.
    public static boolean exists(Path home) {
        return Files.isDirectory(home.resolve("postgres"));
    }

    /// With user and password; for this machine only.
    public URI uri() {
        return uri(password, port);
    }

    private static URI uri(String password, int port) {
        return URI.create("postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/" + DATABASE);
    }

    /// Of the server's main process, empty while it is being started again.
    public Optional<ProcessHandle> process() throws IOException {
        return PostmasterFile.read(cluster).flatMap(PostmasterFile::process);
    }

    /// Stops it in order.
    @Override
    public void close() {
        watched.close();
    }

    /// How PostgreSQL is started and found.
    private record Program(Account account, Path programs, Path cluster, int port) implements Watched.Server {
        @Override
        public String name() {
            return "PostgreSQL";
        }

        @Override
        public List<String> command() {
            var command =
                    new ArrayList<>(List.of(programs.resolve("bin/postgres").toString(), "-D", cluster.toString()));
            for (var setting : settings()) {
                command.add("-c");
                command.add(setting);
            }
            return account.command(command);
        }

        private List<String> settings() {
            return List.of(
                    "listen_addresses=127.0.0.1",
                    "port=" + port,
                    "unix_socket_directories=",
                    "max_connections=100",
                    "shared_buffers=" + sharedBuffersMib() + "MB",
                    // What an answer promises has to be on the disk.
                    "fsync=on",
                    "synchronous_commit=on",
                    "full_page_writes=on",
                    "max_wal_size=4GB",
                    "checkpoint_timeout=15min",
                    "checkpoint_completion_target=0.9",
                    "wal_compression=on",
                    "jit=off",
                    // The table of live runs changes all the time.
                    "autovacuum_naptime=5s",
                    "timezone=UTC",
                    "log_timezone=UTC",
                    "log_line_prefix=%m ");
        }

        /// An eighth of the memory, at most half a GiB.
        private static long sharedBuffersMib() {
            long memory = ManagementFactory.getOperatingSystemMXBean()
                            instanceof com.sun.management.OperatingSystemMXBean system
                    ? system.getTotalMemorySize() >> 20
                    : 1024;
            return Math.clamp(memory / 8, 32, 512);
        }

        @Override
        public void stopLeftover() throws IOException, EmbeddedProblem {
            var file = PostmasterFile.read(cluster);
            var running = file.flatMap(PostmasterFile::process);
            if (running.isEmpty()) {
                return;
            }
            var name = running.get().info().command().orElse("postgres");
            if (!Path.of(name).endsWith("postgres")) {
                // The number was given to another program since; PostgreSQL would take it for one of its own.
                Files.delete(cluster.resolve(PostmasterFile.NAME));
                return;
            }
            var stop = List.of(
                    programs.resolve("bin/pg_ctl").toString(),
                    "stop",
                    "-D",
                    cluster.toString(),
                    "-w",
                    "-t",
                    "30",
                    "-m");
            if (!Commands.run(account.command(Commands.join(stop, List.of("fast"))), null)
                            .succeeded()
                    && !Commands.run(account.command(Commands.join(stop, List.of("immediate"))), null)
                            .succeeded()) {
                throw new EmbeddedProblem(
                        "A PostgreSQL (process " + running.get().pid() + ") already runs on the data in " + cluster
                                + " and does not stop; stop it by hand.");
            }
        }

        @Override
        public boolean isReady() throws IOException {
            return PostmasterFile.read(cluster)
                    .filter(file -> file.isReady(port) && file.process().isPresent())
                    .isPresent();
        }

        @Override
        public Optional<ProcessHandle> process() throws IOException {
            return PostmasterFile.read(cluster).flatMap(PostmasterFile::process);
        }
    }

    /// What a running PostgreSQL writes about itself.
    private record PostmasterFile(List<String> lines) {
        static final String NAME = "postmaster.pid";
        private static final int PORT_LINE = 3;
        private static final int STATUS_LINE = 7;

        static Optional<PostmasterFile> read(Path cluster) throws IOException {
            try {
                return Optional.of(
                        new PostmasterFile(Files.readAllLines(cluster.resolve(NAME), StandardCharsets.UTF_8)));
            } catch (NoSuchFileException stopped) {
                return Optional.empty();
            }
        }

        Optional<ProcessHandle> process() {
            try {
                return lines.isEmpty()
                        ? Optional.empty()
                        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                                .filter(ProcessHandle::isAlive);
            } catch (NumberFormatException halfWritten) {
                return Optional.empty();
            }
        }

        Optional<Integer> port() {
            return lines.size() > PORT_LINE && lines.get(PORT_LINE).strip().matches("\\d{1,5}")
                    ? Optional.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                    : Optional.empty();
        }

        boolean isReady(int port) {
            return lines.size() > STATUS_LINE
                    && lines.get(STATUS_LINE).strip().equals("ready")
                    && lines.get(PORT_LINE).strip().equals(Integer.toString(port));
        }
    }

    /// Makes a new database in a folder beside, which gets its name only when it is complete.
    private record Initialisation(DataDirectory data, Path programs) {
        /// As a shell says it.
        private static final int NOT_EXECUTABLE = 126;

        private static final int NOT_FOUND = 127;

        void run(String password) throws IOException, EmbeddedProblem {
            var fresh = data.folder("postgres.new");
            Binaries.delete(fresh);
            Files.createDirectory(
                    fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            data.account().own(fresh);
            var passwordFile = Files.createTempFile(data.home(), "initial", null);
            try {
                Files.writeString(passwordFile, password);
                data.account().own(passwordFile);
                check(Commands.run(data.account().command(initdb(fresh, passwordFile)), data.home()));
            } finally {
                Files.delete(passwordFile);
            }
            check(Commands.run(
                    data.account()
                            .command(List.of(
                                    programs.resolve("bin/postgres").toString(),
                                    "--single",
                                    "-D",
                                    fresh.toString(),
                                    "postgres")),
                    data.home(),
                    "CREATE DATABASE " + DATABASE + "\n"));
            Files.move(fresh, data.folder("postgres"));
        }

        /// Everything compares and sorts by code points, whatever the machine's language is.
        private List<String> initdb(Path fresh, Path passwordFile) {
            return List.of(
                    programs.resolve("bin/initdb").toString(),
                    "-D",
                    fresh.toString(),
                    "-U",
                    USER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--data-checksums",
                    "--no-instructions");
        }

        private void check(Commands.Outcome outcome) throws EmbeddedProblem {
            if (outcome.succeeded()) {
                return;
            }
            throw new EmbeddedProblem(reason(outcome));
        }

        private String reason(Commands.Outcome outcome) {
            if (outcome.output().contains("No space left")) {
                return "The disk that holds " + data.home()
                        + " is full; make room, or choose another folder with --data DIR.";
            }
            if (outcome.exit() == NOT_EXECUTABLE || outcome.exit() == NOT_FOUND) {
                return "The programs of PostgreSQL in " + programs + " cannot be run (" + outcome.lastWords()
                        + "); if the disk is mounted noexec, choose another folder with --data DIR.";
            }
            return "Cannot make a PostgreSQL database in " + data.home() + ": " + outcome.lastWords() + ".";
        }
    }
}
