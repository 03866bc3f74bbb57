package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weir.model.Builtin;
import weir.model.Builtins;

/// The page about what is built in is made from the table that the checker and the editor read; `-Dupdate` writes it
/// anew. Each example gives what stands beside it.
class BuiltinsPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("weir.root", "..")).resolve("docs/builtins.md");

    /// What reaches only what takes a secret, so that no expression can show it.
    private static final Set<String> UNSHOWN = Set.of("secret", "bearer", "basic", "header", "hmac");

    private static final String HEAD = """
            # What is built in

            Every function, method and constant that [expressions](expressions.md) have without declaring it, with its signature and an
            example with its result. A capital letter stands for any type, `?` for what may be left out, `...` for any number of arguments.
            Where a name has several signatures, the first that the arguments fit counts. Nothing here changes its argument. The editor says
            the same when you point at a name. `weir eval 'EXPRESSION'` tries one.

            This page is made from the table that the checker reads.
            """;

    @TestFactory
    Stream<DynamicTest> examplesGiveWhatStandsBesideThem() {
        return Builtins.ALL.stream()
                .filter(builtin -> builtin.example() != null)
                .map(builtin -> DynamicTest.dynamicTest(builtin.fullName(), () -> {
                    var example = builtin.example();
                    assertTrue(example != null);
                    assertEquals(example.result(), result(example.expression()), example.expression());
                }));
    }

    private static String result(String expression) {
        var typed = Typed.in(
                Path.of(""), Map.of(), "{}\n", List.of("eval", "[" + expression + "]", "--input", "-", "--lines"));
        assertEquals("", typed.err(), expression);
        String list = typed.out().strip();
        return list.substring(1, list.length() - 1).strip();
    }

    @Test
    void everyNameIsExplainedAndHasAnExample() {
        var explained = new HashSet<String>();
        var shown = new HashSet<>(UNSHOWN);
        var all = new HashSet<String>();
        for (var builtin : Builtins.ALL) {
            all.add(builtin.fullName());
            if (!builtin.summary().isEmpty()) {
                explained.add(builtin.fullName());
            }
            if (builtin.example() != null) {
                assertFalse(UNSHOWN.contains(builtin.fullName()), builtin.fullName());
                shown.add(builtin.fullName());
            }
        }
        assertEquals(all, explained);
        assertEquals(all, shown);
    }

    @Test
    void thePageIsTheTable() throws IOException {
        String page = page();
        if (System.getProperty("update") == null) {
            assertEquals(Files.readString(PAGE), page, "BuiltinsPageTest with -Dupdate writes it anew");
        } else {
            Files.writeString(PAGE, page);
        }
    }

    private static String page() {
        Map<String, Map<String, List<Builtin>>> sections = new LinkedHashMap<>();
        for (var builtin : Builtins.ALL) {
            sections.computeIfAbsent(section(builtin), title -> new LinkedHashMap<>())
                    .computeIfAbsent(builtin.fullName(), name -> new ArrayList<>())
                    .add(builtin);
        }
        var page = new StringBuilder(HEAD);
        sections.forEach((title, names) -> {
            page.append("\n## ").append(title).append("\n\n| | | example | gives |\n| --- | --- | --- | --- |\n");
            names.values().forEach(overloads -> page.append(row(overloads)));
        });
        return page.toString();
    }

    private static String row(List<Builtin> overloads) {
        String signatures = overloads.stream()
                .map(builtin -> code(prefix(builtin) + builtin.signature()))
                .collect(Collectors.joining("<br>"));
        String summaries = overloads.stream()
                .map(Builtin::summary)
                .filter(summary -> !summary.isEmpty())
                .map(summary -> summary.replace("|", "\\|").replace('\n', ' '))
                .collect(Collectors.joining(" "));
        var example = overloads.stream()
                .map(Builtin::example)
                .filter(java.util.Objects::nonNull)
                .findFirst();
        return "| %s | %s | %s | %s |\n"
                .formatted(
                        signatures,
                        summaries,
                        example.map(one -> code(one.expression())).orElse(""),
                        example.map(one -> code(one.result())).orElse(""))
                .replace("|  |", "| |")
                .replace("|  |", "| |");
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    private static String prefix(Builtin builtin) {
        return builtin.of() instanceof Builtin.Of.Space(String space) ? space + "." : "";
    }

    private static String section(Builtin builtin) {
        return switch (builtin.of()) {
            case Builtin.Of.Everywhere() -> "Everywhere";
            case Builtin.Of.Space(String space) -> "`" + space + "`";
            case Builtin.Of.Value _ -> {
                String of = builtin.fullName().substring(0, builtin.fullName().indexOf('.'));
                yield switch (of) {
                    case "list" -> "Lists";
                    case "string" -> "Texts";
                    case "number" -> "Numbers";
                    default -> "Truth values";
                };
            }
        };
    }
}
