package weir.integrations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.StepFailure;

/// What is in the files that travel between steps: kept once, under the hash of what it is, for each organisation
/// apart. Runs and their journals hold references only.
public final class Blobs {
    /// The longest file, in bytes.
    public static final int LIMIT = 64 * 1024 * 1024;

    private final Path root;

    /// @param root where they are kept; made when the first one is
    public Blobs(Path root) {
        this.root = root;
    }

    /// A reference to what is in a file.
    ///
    /// @param type its media type
    /// @param hash SHA-256 of what is in it, in hexadecimal
    public record Stored(String name, String type, long size, String hash) {
        /// As workflows and journals have it.
        public RecordValue value() {
            return RecordValue.builder()
                    .put("id", Value.of("file_" + hash.substring(0, 24)))
                    .put("name", Value.of(name))
                    .put("type", Value.of(type))
                    .put("size", Value.of((double) size))
                    .put("hash", Value.of(hash))
                    .build();
        }
    }

    /// Keeps what is in a file.
    ///
    /// @param type its media type, or empty: what its name says
    public Stored keep(int org, String name, String type, byte[] content) throws StepFailure {
        if (content.length > LIMIT) {
            throw StepFailure.permanent(
                    "file_too_large", "\"" + name + "\" has more than " + LIMIT + " bytes, the most a file may have");
        }
        String hash = hash(content);
        Path place = place(org, hash);
        try {
            if (!Files.exists(place)) {
                makeRoot();
                Files.createDirectories(place.getParent());
                Path part = Files.createTempFile(place.getParent(), "part", null);
                Files.write(part, content);
                put(part, place);
            } else {
                used(place);
            }
        } catch (IOException wrong) {
            throw new StepFailure("files_away", "files cannot be kept now: " + wrong.getMessage());
        }
        return new Stored(name, type.isEmpty() ? MediaTypes.of(name) : type, content.length, hash);
    }

    /// For this process's user only.
    private void makeRoot() throws IOException {
        if (!Files.exists(root)) {
            Files.createDirectories(root);
            if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private static void put(Path part, Path place) throws IOException {
        try {
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException same) {
            Files.delete(part);
        }
    }

    /// Somebody still needs it.
    private static void used(Path place) throws IOException {
        Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
    }

    /// What was neither kept nor read since then.
    ///
    /// @param name the hash of what is in it
    record Idle(int org, String name, Path place) {}

    List<Idle> idle(Instant since) throws IOException {
        var idle = new ArrayList<Idle>();
        if (!Files.isDirectory(root)) {
            return idle;
        }
        try (var all = Files.walk(root, 3)) {
            for (var place : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                Path below = root.relativize(place);
                boolean ours =
                        below.getNameCount() == 3 && below.getName(0).toString().matches("\\d{1,9}");
                if (ours && Files.getLastModifiedTime(place).toInstant().isBefore(since)) {
                    idle.add(new Idle(
                            Integer.parseInt(below.getName(0).toString()),
                            place.getFileName().toString(),
                            place));
                }
            }
        } catch (UncheckedIOException wrong) {
            throw wrong.getCause();
        }
        return idle;
    }

    /// Forgets it, unless somebody has used it meanwhile.
    ///
    /// @return whether it is gone
    static boolean forget(Idle file, Instant since) throws IOException {
        return Files.exists(file.place())
                && Files.getLastModifiedTime(file.place()).toInstant().isBefore(since)
                && Files.deleteIfExists(file.place());
    }

    /// The reference that an argument is.
    public Stored file(int org, @Nullable Value value, String argument) throws StepFailure {
        if (value instanceof RecordValue record
                && record.get("hash") instanceof StringValue(String hash)
                && hash.matches("[0-9a-f]{64}")
                && record.get("name") instanceof StringValue(String name)
                && record.get("type") instanceof StringValue(String type)
                && record.get("size") instanceof NumberValue(double size)) {
            return new Stored(name, type, (long) size, hash);
        }
        throw StepFailure.permanent("bad_argument", "`" + argument + "` must be a file");
    }

    /// All of it at once.
    public byte[] bytes(int org, Stored file) throws StepFailure {
        Path place = place(org, file.hash());
        try (InputStream in = Files.newInputStream(place)) {
            byte[] bytes = in.readAllBytes();
            used(place);
            return bytes;
        } catch (NoSuchFileException gone) {
            throw StepFailure.permanent(
                    "unknown_file", "what is in \"" + file.name() + "\" is not kept here (any more)");
        } catch (IOException wrong) {
            throw new StepFailure("files_away", "files cannot be read now: " + wrong.getMessage());
        }
    }

    private Path place(int org, String hash) {
        return root.resolve(Integer.toString(org)).resolve(hash.substring(0, 2)).resolve(hash);
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
