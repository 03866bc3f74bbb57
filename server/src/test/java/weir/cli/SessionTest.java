package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import weir.cli.Session.Section;

/// Every file in `src/test/cli` is a session; what its commands print is as it stands there. `-Dupdate` writes it anew.
class SessionTest {
    private static final Path SESSIONS =
            Path.of(System.getProperty("weir.root", "..")).resolve("server/src/test/cli");

    @TestFactory
    Stream<DynamicTest> sayWhatTheSessionShows() throws IOException {
        try (var files = Files.list(SESSIONS)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException {
        var folder = Files.createTempDirectory("weir-session");
        try {
            var before = Session.read(file);
            var after = new Session(play(before, folder));
            if (System.getProperty("update") == null) {
                assertEquals(before.text(), after.text());
            } else {
                Files.writeString(file, after.text());
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (var path :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static List<Section> play(Session session, Path folder) throws IOException {
        List<Section> played = new ArrayList<>();
        String input = "";
        for (var section : session.sections()) {
            switch (section.word()) {
                case "exit", "out", "err" -> {}
                case "weir" -> {
                    played.add(new Section(section.head(), ""));
                    played.addAll(run(section.rest(), input, folder));
                    input = "";
                }
                case "file" -> {
                    var file = folder.resolve(section.rest());
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, section.text());
                    played.add(section);
                }
                case "in" -> {
                    input = section.text();
                    played.add(section);
                }
                default -> played.add(section);
            }
        }
        return played;
    }

    private static List<Section> run(String arguments, String input, Path folder) {
        var typed = Typed.in(folder, Map.of(), input, Session.words(arguments));
        boolean quiet = typed.out().isEmpty() && typed.err().isEmpty();
        List<Section> came = new ArrayList<>();
        came.add(new Section("exit " + typed.exit(), quiet ? "\n" : ""));
        came.addAll(printed("out", typed.out(), typed.err().isEmpty(), folder));
        came.addAll(printed("err", typed.err(), true, folder));
        return came;
    }

    /// What changes from run to run is made the same: folders, times, durations, ids.
    private static List<Section> printed(String name, String printed, boolean last, Path folder) {
        if (printed.isEmpty()) {
            return List.of();
        }
        String text = printed.replace(folder.toString(), "FOLDER")
                .replaceAll("\\b\\d+(\\.\\d+)? (ms|s)\\b", "N ms")
                .replaceAll("\\b[0-9a-f]{8}-[0-9a-f-]{27}\\b", "ID")
                .replaceAll("\\b\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("(?m)[ \\t]+$", "");
        return List.of(new Section(name, (text.endsWith("\n") ? text : text + "\n") + (last ? "\n" : "")));
    }
}
