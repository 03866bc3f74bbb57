package weir.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiled;
import weir.format.Formatter;
import weir.graph.Graph;
import weir.model.Shape;
import weir.source.Source;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Texts that nobody deploys yet: check them, format them. Changes nothing.
final class CheckApi {
    private static final String NAME = "text.weir";

    private final Backend backend;

    CheckApi(Backend backend) {
        this.backend = backend;
    }

    void routes(Routes routes) {
        routes.post("/api/v1/check", this::check).post("/api/v1/format", CheckApi::format);
    }

    private void check(Exchange exchange) {
        var source = new Source(NAME, exchange.text());
        var compiled = backend.compiler().apply(source);
        var drawn = drawn(compiled, exchange.query("workflow"));
        exchange.answer(RecordValue.builder()
                .put("diagnostics", Documents.diagnostics(compiled.diagnostics()))
                .put("drawn", drawn.map(graph -> Value.of(graph.workflow())).orElse(NullValue.NULL))
                .put(
                        "graph",
                        drawn.map(graph -> Documents.drawing(graph, source)).orElse(NullValue.NULL))
                .put("workflows", Documents.list(compiled.graphs(), graph -> Value.of(graph.workflow())))
                .put("inputExamples", examples(compiled))
                .build());
    }

    /// The workflow that the caller looks at, or else the first.
    private static Optional<Graph> drawn(Compiled compiled, @Nullable String wanted) {
        var named = wanted == null ? Optional.<Graph>empty() : compiled.graph(wanted);
        return named.or(() -> compiled.graphs().stream().findFirst());
    }

    private static RecordValue examples(Compiled compiled) {
        var examples = RecordValue.builder();
        for (var graph : compiled.graphs()) {
            var shape = new Shape(graph.library().types());
            examples.put(graph.workflow(), Documents.value(shape.example(graph.parameters())));
        }
        return examples.build();
    }

    private static void format(Exchange exchange) {
        var formatted = Formatter.format(new Source(NAME, exchange.text()));
        exchange.answer(RecordValue.builder()
                .put("text", Value.of(formatted.text()))
                .put("diagnostics", Documents.diagnostics(formatted.diagnostics()))
                .build());
    }
}
