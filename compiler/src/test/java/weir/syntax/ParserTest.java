package weir.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import weir.source.Source;

class ParserTest {
    @Test
    void everyFormOfTheLanguageIsRead() throws IOException {
        Parsed parsed = Parser.parse(new Source("forms.weir", Files.readString(forms())));
        assertEquals(
                List.of(),
                parsed.diagnostics().stream()
                        .map(d -> d.at().start() + " " + d.message())
                        .toList());
        assertEquals(35, parsed.file().declarations().size());
    }

    static Path forms() {
        return Path.of(System.getProperty("weir.root", "..")).resolve("grammar/examples/forms.weir");
    }
}
