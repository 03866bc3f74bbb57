package weir.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weir.source.Source;

/// The Weir texts of the guide and the examples.
final class Guide {
    private static final Pattern BLOCK =
            Pattern.compile("^(`{3,})weir *([^\\n]*)\\n(.*?)^\\1$", Pattern.MULTILINE | Pattern.DOTALL);

    private Guide() {}

    /// A text on a page. A block that is marked `weir +` goes on with the one above it.
    ///
    /// @param place page and line
    /// @param codes the diagnostics that the page says it gives
    record Example(String place, String text, List<String> codes) {
        @Override
        public String toString() {
            return place;
        }
    }

    static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("grammar"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static List<Example> pages() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> files =
                Stream.concat(Stream.of(root().resolve("README.md")), Files.walk(root().resolve("docs")))) {
            for (var page : files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                var text = Files.readString(page);
                var blocks = BLOCK.matcher(text);
                while (blocks.find()) {
                    long line = text.substring(0, blocks.start()).lines().count() + 1;
                    String place = root().relativize(page) + ":" + line;
                    String words = blocks.group(2).strip();
                    if (words.equals("+")) {
                        var begun = examples.removeLast();
                        examples.add(new Example(begun.place(), begun.text() + blocks.group(3), begun.codes()));
                        continue;
                    }
                    var codes = words.isEmpty() ? List.<String>of() : List.of(words.split("[ ,]+"));
                    examples.add(new Example(place, blocks.group(3), codes));
                }
            }
        }
        return examples;
    }

    /// A file that an example uses.
    static @Nullable Source beside(String path) {
        try {
            return new Source(path, Files.readString(root().resolve("examples").resolve(path)));
        } catch (IOException none) {
            return null;
        }
    }

    static List<Example> files() throws IOException {
        try (Stream<Path> files = Files.list(root().resolve("examples"))) {
            List<Example> examples = new ArrayList<>();
            for (var file : files.filter(path -> path.toString().endsWith(".weir"))
                    .sorted()
                    .toList()) {
                examples.add(new Example(root().relativize(file).toString(), Files.readString(file), List.of()));
            }
            return examples;
        }
    }
}
