package weir.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.compile.Bundle;
import weir.source.Source;

/// The workflows that come with the server, from `/examples/*.weir` on the class path, each with the files that it
/// uses.
public final class Examples {
    private Examples() {}

    /// Texts by the names of their files, sorted; empty in a build without examples.
    public static Map<String, String> texts() {
        URL folder = Examples.class.getResource("/examples");
        if (folder == null) {
            return Map.of();
        }
        try {
            URI address = folder.toURI();
            if (address.getScheme().equals("jar")) {
                try (var jar = FileSystems.newFileSystem(address, Map.of())) {
                    return texts(jar.getPath("/examples"));
                }
            }
            return texts(Path.of(address));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static @Nullable Source beside(Path folder, String path) {
        try {
            return new Source(path, Files.readString(folder.resolve(path)));
        } catch (IOException none) {
            return null;
        }
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".weir")).toList()) {
                var source = new Source(file.getFileName().toString(), Files.readString(file));
                texts.put(
                        source.name(),
                        Bundle.of(source, path -> beside(folder, path)).text());
            }
        }
        return texts;
    }
}
