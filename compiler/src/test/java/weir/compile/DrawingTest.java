package weir.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import weir.check.Availability;
import weir.graph.Drawing;
import weir.graph.Graph;
import weir.graph.Mermaid;
import weir.graph.Svg;
import weir.model.StandardCatalog;
import weir.source.Source;

class DrawingTest {
    private static final Source SOURCE = new Source("w.weir", """
            workflow w(x: int) -> string {
              step page = http.get(url: "https://example.com?a=1&b=<2>")
              if (x > 1) {
                log "big"
              } else if (x > 0) {
                fail "one"
              }
              parallel {
                a {
                  wait 1s
                }
                b {
                  for i of [1, 2] at most 2 at once {
                    log i
                  }
                }
              }
              try {
                log page.status
              } catch error {
                return error.message
              }
              return "done"
            }
            """);

    private static Graph graph(Source source) {
        var compiled = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING).compile(source, Files.NONE);
        assertEquals("[]", compiled.diagnostics().toString());
        return compiled.graphs().getFirst();
    }

    @Test
    void theWaysOfAWorkflowAreDrawn() {
        Drawing drawing = Drawing.of(graph(SOURCE), SOURCE);
        String arrows = drawing.arrows().stream()
                .map(arrow -> arrow.from() + " -" + arrow.label() + "-> " + arrow.to())
                .collect(Collectors.joining("\n"));
        assertEquals("""
                start --> page
                page --> if
                if -yes-> if/then/log
                if -x > 0-> if/then#2/fail
                if/then/log --> parallel
                if -no-> parallel
                parallel --> try
                try -on error-> try/catch/return
                try/catch/return --> end
                try --> return
                return --> end""", arrows);
    }

    @Test
    void boxesKnowWhereTheyStand() {
        Drawing drawing = Drawing.of(graph(SOURCE), SOURCE);
        String boxes = drawing.boxes().stream()
                .map(box ->
                        box.id() + " " + box.kind() + " in " + box.parent() + " at " + box.line() + ":" + box.column())
                .collect(Collectors.joining("\n"));
        assertEquals("""
                start start in null at 1:1
                page step in null at 2:3
                if if in null at 3:3
                if/then/log log in null at 4:5
                if/then#2/fail fail in null at 6:5
                parallel parallel in null at 8:3
                parallel/a parallel in parallel at 10:7
                parallel/a/wait wait in parallel/a at 10:7
                parallel/b parallel in parallel at 13:7
                parallel/b/for_i for in parallel/b at 13:7
                parallel/b/for_i/log log in parallel/b/for_i at 14:9
                try try in null at 18:3
                try/body/log log in try at 19:5
                try/catch/return return in null at 21:5
                return return in null at 23:3
                end end in null at 24:2""", boxes);
        var ids = new HashSet<String>();
        assertTrue(drawing.boxes().stream().allMatch(box -> ids.add(box.id())), "ids are unique");
    }

    @Test
    void mermaidReadsItsOwnSignsAsText() {
        String mermaid = Mermaid.write(Drawing.of(graph(SOURCE), SOURCE));
        assertTrue(mermaid.startsWith("flowchart TD\n  n1([\"w<br/>x: int\"])\n"), mermaid);
        assertTrue(mermaid.contains("n3{\"if<br/>x #gt; 1\"}"), mermaid);
        assertTrue(mermaid.contains("-->|\"x #gt; 0\"|"), mermaid);
    }

    @Test
    void thePictureIsXmlWithEveryBox() throws Exception {
        String svg = Svg.write(graph(SOURCE), SOURCE);
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        int boxes = Drawing.of(graph(SOURCE), SOURCE).boxes().size();
        // Each box is a rectangle, and one is the background.
        assertEquals(boxes + 1, document.getElementsByTagName("rect").getLength());
    }
}
