package weir.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A Redis of our own, on a free port of the loopback address. What it holds may be lost: it is made anew from
/// PostgreSQL.
public final class EmbeddedRedis implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final Pattern AOF = Pattern.compile("AOF|append only file");

    private final Program program;
    private final Watched watched;

    private EmbeddedRedis(Program program, Watched watched) {
        this.program = program;
        this.watched = watched;
    }

    /// Returns when it takes requests.
    public static EmbeddedRedis start(DataDirectory data) throws EmbeddedProblem {
        try {
            var binary = data.binaries().redis();
            var password = data.secret("redis");
            var folder = data.folder("redis");
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return start(data, binary, folder, password);
        } catch (IOException problem) {
            throw DataDirectory.problem(data.home(), problem);
        }
    }

    private static EmbeddedRedis start(DataDirectory data, Path binary, Path folder, String password)
            throws IOException, EmbeddedProblem {
        for (int attempt = 1; ; attempt++) {
            var program = new Program(data.account(), binary, folder, password, Ports.free());
            program.configure();
            data.account().own(folder);
            data.account().own(program.configuration());
            var watched = new Watched(program, data.home(), data.log("redis"));
            try {
                watched.start();
                return new EmbeddedRedis(program, watched);
            } catch (Watched.Stillborn stillborn) {
                watched.close();
                if (attempt == ATTEMPTS) {
                    throw new EmbeddedProblem("Redis does not start: " + stillborn.lastWords() + " (its log is "
                            + data.log("redis") + ").");
                }
                if (AOF.matcher(stillborn.lastWords()).find()) {
                    program.setAside();
                }
                Ports.pause(100L * attempt);
            }
        }
    }

    /// The one that another process has running on this data; empty when none is configured.
    ///
    /// @param home of the data directory
    /// @throws IOException when it belongs to somebody else
    public static Optional<URI> running(Path home) throws IOException {
        var configuration = home.resolve("redis").resolve("redis.conf");
        if (!Files.exists(configuration)) {
            return Optional.empty();
        }
        var text = Files.readString(configuration);
        var port = Pattern.compile("(?m)^port (\\d+)$").matcher(text);
        var password = Pattern.compile("(?m)^requirepass (\\S+)$").matcher(text);
        return port.find() && password.find()
                ? Optional.of(URI.create("redis://:" + password.group(1) + "@127.0.0.1:" + port.group(1)))
                : Optional.empty();
    }

    /// With the password; for this machine only.
    public URI uri() {
        return URI.create("redis://:" + program.password() + "@127.0.0.1:" + program.port());
    }

    /// Of the server, empty while it is being started again.
    public Optional<ProcessHandle> process() throws IOException {
        return program.process();
    }

    /// Stops it in order.
    @Override
    public void close() {
        watched.close();
    }

    /// How Redis is started and found.
    private record Program(Account account, Path binary, Path folder, String password, int port)
            implements Watched.Server {
        private static final int PATIENCE_MS = 1_000;

        @Override
        public String name() {
            return "Redis";
        }

        @Override
        public List<String> command() {
            return account.command(List.of(binary.toString(), configuration().toString()));
        }

        private Path configuration() {
            return folder.resolve("redis.conf");
        }

        private Path pidFile() {
            return folder.resolve("redis.pid");
        }

        /// A file and not arguments, which everybody on the machine could read.
        void configure() throws IOException {
            Files.deleteIfExists(configuration());
            Files.createFile(
                    configuration(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(configuration(), """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                pidfile "%s"
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory-policy noeviction
                """.formatted(port, password, folder, pidFile()));
        }

        /// A file that Redis cannot read must not keep everything else from starting: what it held can be made
        /// anew.
        void setAside() throws IOException {
            var journal = folder.resolve("appendonlydir");
            var aside = folder.resolve("appendonlydir.unreadable");
            if (Files.exists(journal)) {
                Binaries.delete(aside);
                Files.move(journal, aside, StandardCopyOption.ATOMIC_MOVE);
            }
        }

        @Override
        public Optional<ProcessHandle> process() throws IOException {
            if (!Files.exists(pidFile())) {
                return Optional.empty();
            }
            try {
                return ProcessHandle.of(
                                Long.parseLong(Files.readString(pidFile()).strip()))
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> process.info().command().orElse("").endsWith("redis-server"));
            } catch (NumberFormatException halfWritten) {
                return Optional.empty();
            }
        }

        @Override
        public void stopLeftover() throws IOException {
            var running = process();
            if (running.isPresent()) {
                running.get().destroy();
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                while (running.get().isAlive()) {
                    if (System.nanoTime() > deadline) {
                        running.get().destroyForcibly();
                    }
                    Ports.pause(10);
                }
            }
        }

        /// Speaks the few words of the protocol that it takes.
        @Override
        public boolean isReady() {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
                socket.setSoTimeout(PATIENCE_MS);
                socket.getOutputStream()
                        .write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
                var answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                return "+OK".equals(answers.readLine()) && "+PONG".equals(answers.readLine());
            } catch (IOException notYet) {
                return false;
            }
        }
    }
}
