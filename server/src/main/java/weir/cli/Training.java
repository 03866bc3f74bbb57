package weir.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Does once, silently, what short commands do, for the launcher: the JDK notes which classes that takes, and later
/// starts find them loaded.
final class Training {
    private static final String DOCUMENT = """
            {"id": "a", "lines": [{"price": 1.5, "qty": 2}, {"price": 2, "qty": 1}], "note": null}
            """;

    private Training() {}

    /// @param files texts to check
    public static void main(String... files) {
        run(Stream.concat(Stream.of("check"), Arrays.stream(files)).toArray(String[]::new));
        for (var arguments : List.of(
                new String[] {
                    "eval",
                    "[`${id}: ${note ?? ''}`, lines.filter(({ qty }) => qty > 0).reduce((sum, l) => sum + l.qty * l.price, 0)]",
                    "--input",
                    "-",
                    "--lines"
                },
                new String[] {"eval", "{ ids: Object.keys(input), total: lines.map(l => l.price) }", "--input", "-"},
                new String[] {"eval", "mistaken +", "--explain"},
                new String[] {"version"})) {
            run(arguments);
        }
    }

    private static void run(String... arguments) {
        var nobody = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        var terminal = new Terminal(
                new ByteArrayInputStream(DOCUMENT.getBytes(StandardCharsets.UTF_8)),
                nobody,
                nobody,
                Map.of(),
                Path.of("").toAbsolutePath(),
                Terminal.Screens.NONE);
        new Weir(terminal, arguments).run(arguments);
    }
}
