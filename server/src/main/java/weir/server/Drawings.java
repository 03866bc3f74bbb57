package weir.server;

import weir.graph.Graph;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Graphs as pictures are made from them.
final class Drawings {
    private Drawings() {}

    static Value of(Graph graph) {
        return RecordValue.builder()
                .put("nodes", ListValue.EMPTY)
                .put("edges", ListValue.EMPTY)
                .build();
    }
}
