package weir.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/// Where a server with embedded databases keeps everything: data, binaries, passwords, logs. Open in one process at a
/// time.
public final class DataDirectory implements AutoCloseable {
    /// A new database takes 40 MiB, its journal 16 MiB a file.
    private static final long ROOM_MIB = 256;

    private final Path home;
    private final Path binaries;
    private final Account account;
    private final FileChannel lock;

    private DataDirectory(Path home, Path binaries, Account account, FileChannel lock) {
        this.home = home;
        this.binaries = binaries;
        this.account = account;
        this.lock = lock;
    }

    /// Where data is kept when nobody says otherwise: root's own home is closed to the user that PostgreSQL runs
    /// as.
    public static Path standard() {
        return "root".equals(System.getProperty("user.name"))
                ? Path.of("/var/lib/weir")
                : Path.of(System.getProperty("user.home"), ".weir");
    }

    /// Makes it if it is not there.
    public static DataDirectory open(Path path) throws EmbeddedProblem {
        return open(path, path.resolve("bin"));
    }

    /// @param binaries where the servers' programs are unpacked; several data directories can share it
    public static DataDirectory open(Path path, Path binaries) throws EmbeddedProblem {
        var home = path.toAbsolutePath().normalize();
        requirePosix();
        try {
            Files.createDirectories(home);
            var user = Account.find(home);
            var lock = lock(home);
            try {
                if (user instanceof Account.Other) {
                    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
                }
                var account = reaching(home, user);
                requireRoom(home);
                // PostgreSQL looks for its own programs without that right, so they lie where everybody may pass.
                var programs = (account.equals(user) ? binaries : standard().resolve("bin"))
                        .toAbsolutePath()
                        .normalize();
                for (var folder : List.of(programs, home.resolve("log"))) {
                    Files.createDirectories(folder);
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
                Files.createDirectories(home.resolve("secrets"));
                Files.setPosixFilePermissions(home.resolve("secrets"), PosixFilePermissions.fromString("rwx------"));
                return new DataDirectory(home, programs, account, lock);
            } catch (IOException | EmbeddedProblem | RuntimeException problem) {
                lock.close();
                throw problem;
            }
        } catch (IOException problem) {
            throw problem(home, problem);
        }
    }

    private static void requirePosix() throws EmbeddedProblem {
        if (!Path.of("/").getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new EmbeddedProblem("The embedded PostgreSQL and Redis need Linux or macOS; set WEIR_POSTGRES and"
                    + " WEIR_REDIS to servers of your own.");
        }
    }

    /// The system lets go of the lock when this process ends, however it ends.
    private static FileChannel lock(Path home) throws IOException, EmbeddedProblem {
        var channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new EmbeddedProblem("Another Weir server is using the data in " + home
                    + "; stop it first, or give this one another folder with --data DIR.");
        }
        return channel;
    }

    /// The account, able to get to the data: through folders that are closed to it too, where the system lets us
    /// say so.
    private static Account reaching(Path home, Account account) throws IOException, EmbeddedProblem {
        var barrier = account.barrier(home);
        if (barrier.isEmpty() || !(account instanceof Account.Other other)) {
            return account;
        }
        return other.passing(home)
                .orElseThrow(() -> new EmbeddedProblem("PostgreSQL refuses to run as root, and the user " + other.name()
                        + " that it would run as cannot enter " + barrier.get()
                        + "; choose another folder, for example --data "
                        + Path.of("/var/lib/weir") + ", or start Weir as an ordinary user."));
    }

    private static void requireRoom(Path home) throws IOException, EmbeddedProblem {
        long free = Files.getFileStore(home).getUsableSpace() >> 20;
        if (free < ROOM_MIB) {
            throw new EmbeddedProblem("The disk that holds " + home + " is full (" + free + " MiB free, " + ROOM_MIB
                    + " MiB needed); make room, or choose another folder with --data DIR.");
        }
    }

    /// What a failure to read or write in the data directory means to the one who started us.
    static EmbeddedProblem problem(Path home, IOException problem) {
        if (problem instanceof AccessDeniedException) {
            return new EmbeddedProblem(
                    "Cannot write to " + home + "; choose a folder that you own with --data DIR.", problem);
        }
        return new EmbeddedProblem(
                "Cannot use " + home + " as the data directory: " + reason(problem)
                        + "; choose another folder with --data DIR.",
                problem);
    }

    /// Exceptions about files often hold nothing but the file's name.
    private static String reason(IOException problem) {
        return switch (problem) {
            case FileAlreadyExistsException file -> file.getFile() + " is a file, not a folder";
            case NoSuchFileException none -> none.getFile() + " is not there and cannot be made";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(problem.getMessage());
        };
    }

    public Path home() {
        return home;
    }

    Path folder(String name) {
        return home.resolve(name);
    }

    Binaries binaries() {
        return new Binaries(binaries);
    }

    Path log(String server) {
        return home.resolve("log").resolve(server + ".log");
    }

    Account account() {
        return account;
    }

    /// A password that is made once and kept, readable for us only.
    String secret(String name) throws IOException {
        var file = home.resolve("secrets").resolve(name);
        if (!Files.exists(file)) {
            var random = new byte[24];
            new SecureRandom().nextBytes(random);
            var fresh = file.resolveSibling(name + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            Files.move(fresh, file);
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    /// Lets another process use it; close the servers first.
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException alreadyGone) {
            // The lock goes with the channel either way.
        }
    }
}
