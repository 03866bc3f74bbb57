package weir.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedPostgres;
import weir.embedded.EmbeddedRedis;

/// PostgreSQL and Redis of a test, in a folder that goes with them.
record TestStores(DataDirectory data, EmbeddedPostgres database, EmbeddedRedis memory) implements AutoCloseable {
    static TestStores start() throws Exception {
        // Not under a home directory: the user that PostgreSQL runs as could not enter it.
        Path folder = Files.createTempDirectory(
                "weir-test", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        Path binaries =
                Path.of(System.getProperty("java.io.tmpdir"), "weir-test-binaries-" + System.getProperty("user.name"));
        var data = DataDirectory.open(folder, binaries);
        return new TestStores(data, EmbeddedPostgres.start(data), EmbeddedRedis.start(data));
    }

    URI postgres() {
        return database.uri();
    }

    URI redis() {
        return memory.uri();
    }

    @Override
    public void close() throws IOException {
        database.close();
        memory.close();
        data.close();
        try (var files = Files.walk(data.home())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
