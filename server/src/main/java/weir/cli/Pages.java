package weir.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// The pages that explain diagnostics, one a code, as resources of the compiler.
final class Pages {
    private static final String FOLDER = "/grammar/diagnostics/";

    private Pages() {}

    /// The page of a code (`W1201`), in Markdown.
    static Optional<String> page(String code) {
        String name = code.toUpperCase(Locale.ROOT);
        if (!name.matches("W\\d{4}")) {
            return Optional.empty();
        }
        try (var in = Pages.class.getResourceAsStream(FOLDER + name + ".md")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// All codes that have a page, in order.
    static List<String> codes() {
        URL folder = Objects.requireNonNull(Pages.class.getResource(FOLDER + "README.md"), "the diagnostic pages");
        try {
            return names(folder).stream()
                    .map(name -> name.substring(name.lastIndexOf('/') + 1))
                    .filter(name -> name.matches("W\\d{4}\\.md"))
                    .map(name -> name.replace(".md", ""))
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException("the diagnostic pages cannot be listed", unreadable);
        }
    }

    private static List<String> names(URL readme) throws IOException, URISyntaxException {
        if (readme.openConnection() instanceof JarURLConnection jar) {
            return jar.getJarFile().stream()
                    .map(java.util.jar.JarEntry::getName)
                    .filter(name -> ("/" + name).startsWith(FOLDER))
                    .toList();
        }
        try (var files = Files.list(Path.of(new URI(readme.toString())).getParent())) {
            return files.map(Path::toString).toList();
        }
    }

    /// The heading of a page without its code.
    static String title(String page) {
        return page.lines().findFirst().orElse("").replaceFirst("^# W\\d{4} ", "");
    }
}
