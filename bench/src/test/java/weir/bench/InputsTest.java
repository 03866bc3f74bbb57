package weir.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weir.compile.Compiler;
import weir.format.Formatter;
import weir.model.StandardCatalog;
import weir.source.Renderer;
import weir.source.Source;

/// The inputs are those that the other engines were measured with.
class InputsTest {
    private final Inputs inputs = new Inputs(root());

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Test
    void aThirdOfTheOrdersIsAboveFiveHundred() throws IOException {
        var orders = inputs.orders().stream().map(Orders.Order::of).toList();
        assertEquals(1_000, orders.size());
        assertEquals(
                356,
                orders.stream().filter(order -> order.band().equals("high")).count());
    }

    @Test
    void aSixthOfTheTablesInputsMatchesNoRow() throws IOException {
        assertEquals(100, inputs.table().get("rules").size());
        var all = inputs.tableInputs();
        assertEquals(10_000, all.size());
        assertEquals(
                1_670,
                all.stream().filter(one -> one.get("expect").intValue() < 0).count(),
                20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "greeting"})
    void theWorkflowsHaveNothingToComplainAbout(String name) throws IOException {
        var source = new Source(name + ".weir", inputs.workflow(name));
        var compiled = new Compiler(StandardCatalog.catalog()).compile(source, weir.compile.Files.NONE);
        assertEquals("", Renderer.plain().render(compiled.diagnostics()));
        assertEquals(source.text(), Formatter.format(source).text());
    }
}
