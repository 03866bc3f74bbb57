package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Texts that are kept beside the tests; `-Dupdate` writes them anew.
public final class Golden {
    private static final Path FOLDER = Files.isDirectory(Path.of("runtime"))
            ? Path.of("runtime/src/test/resources")
            : Path.of("src/test/resources");

    private Golden() {}

    /// @param name below `src/test/resources`
    public static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void check(String name, String actual) {
        try {
            if (System.getProperty("update") != null) {
                Files.createDirectories(FOLDER.resolve(name).getParent());
                Files.writeString(FOLDER.resolve(name), actual);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertEquals(text(name), actual, name + " (rewrite with -Dupdate)");
    }
}
