package weir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import weir.check.Availability;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.model.StandardCatalog;
import weir.source.Source;

class PerformedTest {
    /// An action in every place where one can stand.
    private static final String TEXT = """
            workflow w(n: int) {
              on failure {
                step http.get(url: "13")
              }

              step http.put(url: "1") {
                undo http.post(url: "2")
                on error {
                  step http.get(url: "3")
                }
              }
              if (n > 1) {
                step http.get(url: "4")
              } else {
                step http.get(url: "5")
              }
              switch (n) {
                case 1 {
                  step http.get(url: "6")
                }
                else {
                  step http.get(url: "7")
                }
              }
              for item of [1] {
                step http.get(url: "8")
              }
              repeat at most 2 times {
                step http.get(url: "9")
              }
              parallel {
                one {
                  step http.get(url: "10")
                }
                two {
                  log 1
                }
              }
              try {
                step http.get(url: "11")
              } catch problem {
                step http.get(url: "12")
              }
            }
            """;

    @Test
    void whatIsPerformedIsFoundInEveryBlockInTheOrderOfTheText() {
        var compiled = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING)
                .compile(new Source("w.weir", TEXT), Files.NONE);
        assertTrue(!compiled.hasErrors(), () -> compiled.diagnostics().toString());
        var actions = Performed.of(compiled.graphs().getFirst()).stream()
                .map(Performed::action)
                .toList();
        assertEquals(13, actions.size());
        assertEquals(List.of("put", "post", "get"), actions.subList(0, 3));
    }
}
