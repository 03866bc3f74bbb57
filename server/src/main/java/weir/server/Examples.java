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

/// The workflows that come with the server, from `/examples/*.weir` on the class path.
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

    private static Map<String, String> texts(Path folder) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".weir")).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
