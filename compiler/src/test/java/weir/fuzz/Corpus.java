package weir.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The texts to begin with: examples, every program of the diagnostic pages and of the documentation, right or wrong.
final class Corpus {
    private static final Pattern FENCED = Pattern.compile("(?ms)^(`{3,4})weir[^\\n]*\\n(.*?)^\\1$");

    /// Longer texts are taken in pieces: a mutation is found as well in a small one, and much faster.
    private static final int LONG = 700;

    private final List<String> texts = new ArrayList<>();

    Corpus(Path root) throws IOException {
        for (String folder : List.of("examples", "grammar/examples", "compiler/src/test/resources")) {
            for (Path file : files(root.resolve(folder), ".weir")) {
                pieces(Files.readString(file));
            }
        }
        for (String folder : List.of("grammar/diagnostics", "docs")) {
            for (Path file : files(root.resolve(folder), ".md")) {
                Matcher program = FENCED.matcher(Files.readString(file));
                while (program.find()) {
                    pieces(program.group(2));
                }
            }
        }
        if (texts.size() < 100) {
            throw new IOException("there are too few texts below " + root + " to begin with");
        }
    }

    List<String> texts() {
        return texts;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /// A text, or its declarations a few at a time.
    private void pieces(String text) {
        var piece = new StringBuilder();
        for (String part :
                text.split("(?m)^(?=///|//|use|type|let|settings|function|policy|rules|workflow|integration|test)")) {
            if (!piece.isEmpty() && piece.length() + part.length() > LONG) {
                texts.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(part);
        }
        if (!piece.isEmpty()) {
            texts.add(piece.toString());
        }
    }
}
