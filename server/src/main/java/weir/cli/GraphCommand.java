package weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.graph.Drawing;
import weir.graph.Graph;
import weir.graph.GraphJson;
import weir.graph.Mermaid;
import weir.graph.Svg;
import weir.source.Source;

@Command(
        name = "graph",
        description = {
            "Draws a workflow.",
            "mermaid is a text that many sites and editors show as a picture, svg is the picture, json holds the nodes and"
                    + " edges of the drawing and the graph that runs."
        },
        footer = {
            "Examples:",
            "  weir graph orders.weir",
            "  weir graph orders.weir order_intake --format svg -o orders.svg",
            "  weir graph orders.weir --format json | jq -r .hash"
        })
final class GraphCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Language language;

    @Parameters(index = "0", paramLabel = "FILE", description = "The text; - reads it from standard input.")
    private String file = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "WORKFLOW",
            description = "Which one, if the text declares several.")
    private @Nullable String workflow;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (mermaid).")
    private Format format = Format.mermaid;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where it goes; without it to standard output.")
    private @Nullable String output;

    enum Format {
        mermaid,
        json,
        svg
    }

    GraphCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure {
        var source = new Texts(terminal).one(file);
        var graph = Language.workflow(language.sound(source), workflow, source.name());
        String text = switch (format) {
            case mermaid -> Mermaid.write(Drawing.of(graph, source));
            case svg -> Svg.write(graph, source);
            case json -> json(graph, source);
        };
        text = text.endsWith("\n") ? text : text + "\n";
        if (output == null) {
            terminal.out().print(text);
            return Exit.OK;
        }
        try {
            Files.writeString(terminal.path(output), text);
            return Exit.OK;
        } catch (IOException unwritable) {
            throw Failure.usage("cannot write " + output + ": " + Texts.reason(unwritable) + ".");
        }
    }

    private static String json(Graph graph, Source source) {
        var mapper = new ObjectMapper();
        var object = mapper.createObjectNode().put("workflow", graph.workflow()).put("hash", GraphJson.hash(graph));
        object.setAll(Drawing.of(graph, source).json());
        try {
            object.set("graph", mapper.readTree(GraphJson.write(graph)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return object.toPrettyString();
    }
}
