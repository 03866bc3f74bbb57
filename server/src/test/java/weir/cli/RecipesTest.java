package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The recipes of the guide give what stands beside them, on the document that stands above them.
class RecipesTest {
    private static final Path PAGE =
            Path.of(System.getProperty("weir.root", "..")).resolve("docs/expressions.md");
    private static final Pattern DOCUMENT = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|`]+) \\| `(.+)` \\| `(.+)` \\|$");

    @TestFactory
    Stream<DynamicTest> giveWhatStandsBesideThem() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## Recipes"), page.indexOf("## What differs from JavaScript"));
        var document = DOCUMENT.matcher(section);
        assertTrue(document.find());
        String line = document.group(1).replaceAll("\\s*\n\\s*", " ") + "\n";
        var tests = new ArrayList<DynamicTest>();
        var rows = ROW.matcher(section);
        while (rows.find()) {
            String expression = rows.group(2).replace("\\|", "|");
            String result = rows.group(3).replace("\\|", "|");
            tests.add(DynamicTest.dynamicTest(
                    rows.group(1), () -> assertEquals(result, result(expression, line), expression)));
        }
        assertTrue(tests.size() > 30, () -> tests.size() + " recipes");
        return tests.stream();
    }

    private static String result(String expression, String document) {
        var typed = Typed.in(
                Path.of(""), Map.of(), document, List.of("eval", "[" + expression + "]", "--input", "-", "--lines"));
        assertEquals("", typed.err(), expression);
        String list = typed.out().strip();
        return list.substring(1, list.length() - 1).strip();
    }
}
