package weir.chaos;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/// Where the databases keep their data: a file system of its own that can be filled up, where this user may mount one,
/// else a folder.
final class Disk implements AutoCloseable {
    private static final int BLOCK = 1 << 20;

    private final Path folder;
    private final boolean mounted;

    private Disk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    static Disk open(int mebibytes) throws IOException, InterruptedException {
        // Not under a home directory: the user that PostgreSQL runs as could not enter it.
        Path folder = Files.createTempDirectory("weir-chaos", open());
        boolean mounted = succeeds(
                "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m,mode=0711", "weir-chaos", folder.toString());
        return new Disk(folder, mounted);
    }

    private static java.nio.file.attribute.FileAttribute<?> open() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    Path folder() {
        return folder;
    }

    /// Whether filling it up harms nobody else.
    boolean canBeFilled() {
        return mounted;
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    /// Leaves no room for anybody.
    void fill() throws IOException {
        try (var file = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int size = BLOCK; size > 0; size /= 16) {
                writeUntilFull(file, size);
            }
        }
    }

    private static void writeUntilFull(FileChannel file, int size) {
        try {
            while (true) {
                file.write(ByteBuffer.allocate(size));
            }
        } catch (IOException full) {
            // is what was wanted
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(ballast());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (mounted) {
            succeeds("umount", "--lazy", folder.toString());
            Files.deleteIfExists(folder);
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
