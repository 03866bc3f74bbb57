package weir.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import weir.check.Availability;
import weir.model.StandardCatalog;
import weir.source.Diagnostic;
import weir.source.Renderer;
import weir.source.Source;

/// Two mistakes in one file give both messages, and none about the other: the wrong programs of the diagnostic pages,
/// put together two by two. A sample each time; `-Dpairs=all` looks at all of them.
class MistakesTogetherTest {
    private static final Path PAGES =
            Path.of(System.getProperty("weir.root", "..")).resolve("grammar/diagnostics");
    private static final Path HABITS = PAGES.resolveSibling("../compiler/src/test/resources/weir/check/habits.txt");
    private static final Pattern WRONG = Pattern.compile("(?ms)^````weir\\n(.*?)^````$");
    private static final Pattern DECLARED = Pattern.compile("(?m)^[A-Za-z]+ ([A-Za-z_]\\w*)");
    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);

    /// What never ends takes what follows, if that has an end for it.
    private static final Set<String> ENDLESS = Set.of("W1002", "W1003", "W1004");
    /// A bracket that is never closed, and then something that begins no declaration.
    private static final Set<String> NO_BEGINNING = Set.of("W1103", "W1104", "W1118");
    /// Said once a file.
    private static final Set<String> ONCE = Set.of("W1009", "W1013", "W1109");

    private static boolean meet(Page first, Page second) {
        boolean taken = ENDLESS.contains(first.code()) && second.text().matches("(?s).*(`|\\*/).*");
        boolean hidden = first.code().equals("W1101") && NO_BEGINNING.contains(second.code());
        boolean once = ONCE.contains(first.code()) && first.code().equals(second.code());
        return !taken && !hidden && !once && !second.code().equals("W1013");
    }

    private record Page(String code, String text) {}

    private static List<Page> pages() throws IOException {
        var pages = new ArrayList<Page>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.sorted().toList()) {
                String code = file.getFileName().toString().replace(".md", "");
                var wrong = WRONG.matcher(Files.readString(file));
                if (code.matches("W\\d{4}") && wrong.find()) {
                    pages.add(new Page(code, wrong.group(1)));
                }
            }
        }
        pages.addAll(habits());
        return pages;
    }

    /// What other languages taught, each by its first message.
    private static List<Page> habits() throws IOException {
        var habits = new ArrayList<Page>();
        for (String part : Files.readString(HABITS).split("(?m)^=== .*\n")) {
            int line = part.indexOf("---\n");
            if (line > 0 && part.startsWith("W", line + 4)) {
                habits.add(new Page(part.substring(line + 4, line + 9), part.substring(0, line)));
            }
        }
        return habits;
    }

    @Test
    void twoMistakesInOneFileGiveBothMessagesAndNoOther() throws IOException {
        long seed = Long.getLong("seed", new Random().nextLong(1_000_000));
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var pages = pages();
        boolean all = "all".equals(System.getProperty("pairs"));
        var failures = new ArrayList<String>();
        for (int i = 0; i < (all ? pages.size() * pages.size() : Integer.getInteger("pairs.sample", 400)); i++) {
            Page first = all ? pages.get(i / pages.size()) : pages.get(random.nextInt(pages.size()));
            Page second = all ? pages.get(i % pages.size()) : pages.get(random.nextInt(pages.size()));
            if (!meet(first, second)) {
                continue;
            }
            var expected = new ArrayList<>(codes(first.text()));
            expected.addAll(codes(second.text()));
            expected.sort(Comparator.naturalOrder());
            String both = first.text() + "\n" + renamed(second.text(), first.text());
            if (!expected.equals(codes(both))) {
                failures.add(first.code() + " " + second.code() + " expected " + expected + "\n"
                        + Renderer.plain().render(diagnose(both)) + "\n" + both);
            }
        }
        assertEquals(
                "",
                String.join("\n========\n", failures.subList(0, Math.min(failures.size(), 200))),
                failures.size() + " pairs");
    }

    private static List<Diagnostic> diagnose(String text) {
        return COMPILER.compile(new Source("example.weir", text), weir.compile.Files.NONE)
                .diagnostics();
    }

    private static List<String> codes(String text) {
        return diagnose(text).stream().map(Diagnostic::code).sorted().toList();
    }

    /// The same with other names for what either declares, so that only the mistakes meet.
    private static String renamed(String text, String other) {
        String renamed = text;
        var names = Stream.of(text, other)
                .flatMap(one -> DECLARED.matcher(one).results())
                .map(declared -> declared.group(1))
                .filter(name -> !Set.of("first", "all", "unique", "function", "workflow")
                        .contains(name))
                .distinct()
                .toList();
        for (String name : names) {
            renamed = renamed.replaceAll("\\b" + name + "\\b", name + "Too");
        }
        return renamed.replace("\"/", "\"/too/");
    }
}
