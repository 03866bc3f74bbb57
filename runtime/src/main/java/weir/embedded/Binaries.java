package weir.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The servers' programs, unpacked once from the jars on the class path into the data directory.
final class Binaries {
    private final Path folder;

    /// @param folder where they are kept
    Binaries(Path folder) {
        this.folder = folder;
    }

    /// @return the folder with `bin/postgres`, `bin/initdb`, `bin/pg_ctl`
    Path postgres() throws IOException, EmbeddedProblem {
        var archive = resource(
                "PostgreSQL",
                "WEIR_POSTGRES",
                postgresNames(System.getProperty("os.name"), System.getProperty("os.arch")));
        return unpack("postgres", archive, Binaries::untar);
    }

    /// @return the server's program
    Path redis() throws IOException, EmbeddedProblem {
        var program = resource(
                "Redis", "WEIR_REDIS", redisNames(System.getProperty("os.name"), System.getProperty("os.arch")));
        return unpack("redis", program, (in, to) -> {
                    Files.copy(in, to.resolve("redis-server"));
                    Files.setPosixFilePermissions(
                            to.resolve("redis-server"), PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve("redis-server");
    }

    /// What the archive may be called on this platform.
    static List<String> postgresNames(String system, String architecture) {
        var arm = isArm(architecture);
        return switch (family(system)) {
            case "linux" ->
                arm
                        ? List.of("/postgres-linux-arm_64.txz", "/postgres-linux-arm_64-alpine_linux.txz")
                        : List.of("/postgres-linux-x86_64.txz", "/postgres-linux-x86_64-alpine_linux.txz");
            case "darwin" -> List.of(arm ? "/postgres-darwin-arm_64.txz" : "/postgres-darwin-x86_64.txz");
            default -> List.of();
        };
    }

    static List<String> redisNames(String system, String architecture) {
        var family = family(system);
        return family.equals("other")
                ? List.of()
                : List.of("/redis-server-7.0.15-" + family + "-" + (isArm(architecture) ? "arm64" : "amd64"));
    }

    private static String family(String system) {
        var name = system.toLowerCase(Locale.ROOT);
        return name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "darwin" : "other";
    }

    private static boolean isArm(String architecture) {
        return architecture.equals("aarch64") || architecture.equals("arm64");
    }

    private static URL resource(String server, String variable, List<String> names) throws EmbeddedProblem {
        return names.stream()
                .map(Binaries.class::getResource)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new EmbeddedProblem("This build holds no " + server + " for "
                        + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                        + "; build Weir on this machine, or set " + variable + " to a server of your own."));
    }

    private interface Unpacking {
        void unpack(InputStream in, Path to) throws IOException;
    }

    /// Named after the checksum, so that another build's binaries are unpacked beside and never mixed.
    /// What a killed process left half unpacked is never used.
    private Path unpack(String name, URL resource, Unpacking unpacking) throws IOException, EmbeddedProblem {
        var to = folder.resolve(name + "-" + checksum(resource));
        if (Files.exists(to)) {
            return to;
        }
        Path fresh = null;
        try {
            Files.createDirectories(folder);
            fresh = Files.createTempDirectory(folder, name + ".new");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (var in = new BufferedInputStream(resource.openStream(), 1 << 16)) {
                unpacking.unpack(in, fresh);
            }
            Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
            return to;
        } catch (FileSystemException problem) {
            if (fresh != null) {
                delete(fresh);
            }
            if (Files.exists(to)) {
                // Another process was faster.
                return to;
            }
            throw new EmbeddedProblem(
                    "Cannot unpack " + name + " into " + folder + ": " + problem.getReason()
                            + "; it needs about 80 MiB there.",
                    problem);
        }
    }

    private static String checksum(URL resource) throws IOException {
        var connection = resource.openConnection();
        return connection instanceof JarURLConnection jar
                ? Long.toHexString(jar.getJarEntry().getCrc())
                : Long.toHexString(connection.getContentLengthLong());
    }

    private static void untar(InputStream in, Path to) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                var path = to.resolve(entry.getName()).normalize();
                if (!path.startsWith(to)) {
                    throw new IOException("The archive holds a file outside of its folder: " + entry.getName());
                }
                Files.createDirectories(entry.isDirectory() ? path : path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(tar, path);
                    boolean program = (entry.getMode() & 0111) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
        makeReadable(to);
    }

    /// Whatever our umask is: another user runs them.
    private static void makeReadable(Path to) throws IOException {
        try (var files = Files.walk(to)) {
            for (var path : files.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (var files = Files.walk(tree)) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
