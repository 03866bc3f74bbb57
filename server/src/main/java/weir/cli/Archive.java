package weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import weir.store.postgres.Copies;
import weir.store.postgres.PostgresAddress;

/// A backup: a zip file with `manifest.json`, the rows of each table, the files of workflows, and the key that opens
/// connections.
final class Archive {
    private static final String MANIFEST = "manifest.json";
    private static final String TABLES = "tables/";
    private static final String FILES = "files/";
    private static final String KEY = "secrets/master.key";
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Archive() {}

    /// Writes one; it has its name only when it is complete.
    ///
    /// @return how many runs are in it
    static long write(Path file, PostgresAddress address, Path home) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var copies = Copies.of(address)) {
            try (var zip = new ZipOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.WRITE), 1 << 16))) {
                entry(zip, MANIFEST, out -> out.write(JSON.writeValueAsBytes(manifest(copies.contents()))));
                for (var table : copies.contents().tables().keySet()) {
                    entry(zip, TABLES + table, out -> copies.write(table, out));
                }
                var key = home.resolve(KEY);
                if (Files.exists(key)) {
                    entry(zip, KEY, out -> Files.copy(key, out));
                }
                files(zip, home.resolve("files"));
            }
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return copies.contents().runs();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static void entry(ZipOutputStream zip, String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        content.write(new FilterOutputStream(zip) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() {
                // The entry ends, the archive goes on.
            }
        });
        zip.closeEntry();
    }

    private static void files(ZipOutputStream zip, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                entry(zip, FILES + folder.relativize(file).toString().replace('\\', '/'), out -> Files.copy(file, out));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                // Forgotten since: no run needs it.
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static ObjectNode manifest(Copies.Contents contents) {
        var manifest = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("weir", VersionCommand.number())
                .put("at", Instant.now().toString())
                .put("schema", contents.schema())
                .put("runs", contents.runs());
        contents.months().forEach(manifest.putArray("months")::add);
        var tables = manifest.putObject("tables");
        contents.tables().forEach((table, columns) -> columns.forEach(tables.putArray(table)::add));
        return manifest;
    }

    /// What a backup says about itself.
    ///
    /// @throws Failure when it is none, or a newer one
    static Copies.Contents contents(ZipFile zip) throws IOException, Failure {
        try {
            var manifest = JSON.readTree(content(zip, MANIFEST).readAllBytes());
            if (manifest.path("format").asInt() != FORMAT) {
                throw Failure.missing(
                        "the backup has the format " + manifest.path("format").asText("?")
                                + "; this Weir reads format " + FORMAT + ", so restore it with the one that made it ("
                                + manifest.path("weir").asText("?") + ").");
            }
            List<String> months = new ArrayList<>();
            manifest.path("months").forEach(month -> months.add(month.asText()));
            var tables = new LinkedHashMap<String, List<String>>();
            manifest.path("tables").properties().forEach(table -> {
                List<String> columns = new ArrayList<>();
                table.getValue().forEach(column -> columns.add(column.asText()));
                tables.put(table.getKey(), columns);
            });
            return new Copies.Contents(
                    manifest.path("schema").asText(),
                    months,
                    tables,
                    manifest.path("runs").asLong());
        } catch (JsonProcessingException garbled) {
            throw Failure.missing("the backup is damaged: its manifest cannot be read.");
        }
    }

    static InputStream table(ZipFile zip, String table) throws IOException {
        return content(zip, TABLES + table);
    }

    private static InputStream content(ZipFile zip, String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no " + name);
        }
        return zip.getInputStream(entry);
    }

    /// Puts the key and the files of workflows where they belong.
    static void unpack(ZipFile zip, Path home) throws IOException {
        var key = zip.getEntry(KEY);
        if (key != null) {
            var file = home.resolve(KEY);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var in = zip.getInputStream(key)) {
                Files.write(file, in.readAllBytes());
            }
        }
        var folder = home.resolve("files").normalize();
        for (var entry : zip.stream().filter(e -> e.getName().startsWith(FILES)).toList()) {
            var file = home.resolve(entry.getName()).normalize();
            if (!file.startsWith(folder)) {
                throw new IOException("it names a file outside of the data: " + entry.getName());
            }
            Files.createDirectories(file.getParent(), owner());
            try (var in = zip.getInputStream(entry)) {
                Files.copy(in, file);
            }
        }
    }

    private static java.nio.file.attribute.FileAttribute<Set<java.nio.file.attribute.PosixFilePermission>> owner() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }
}
