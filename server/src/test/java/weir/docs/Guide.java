package weir.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Weir texts of the guide and the examples.
final class Guide {
    private static final Pattern BLOCK =
            Pattern.compile("^(`{3,})weir *([^\\n]*)\\n(.*?)^\\1$", Pattern.MULTILINE | Pattern.DOTALL);

    private Guide() {}

    /// A text on a page.
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
                    var codes = blocks.group(2).isBlank()
                            ? List.<String>of()
                            : List.of(blocks.group(2).strip().split("[ ,]+"));
                    examples.add(new Example(root().relativize(page) + ":" + line, blocks.group(3), codes));
                }
            }
        }
        return examples;
    }

    static List<Example> files() throws IOException {
        try (Stream<Path> files = Files.walk(root().resolve("examples"))) {
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
