package weir.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import weir.graph.Expr;
import weir.graph.Graph;
import weir.graph.Performed;
import weir.integrations.SealedConnections;
import weir.model.Catalog;
import weir.source.Diagnostic;
import weir.source.Location;
import weir.source.Source;
import weir.store.Connections.Entry;

/// Connections that a workflow uses and that are not there (yet): said when it is deployed, so that no run is the first
/// to notice.
final class ConnectionWarnings {
    private static final String CODE = "W3006";
    /// Where a connection helps and is not needed.
    private static final Set<String> OPTIONAL = Set.of("http");

    private final SealedConnections connections;
    private final Catalog catalog;

    ConnectionWarnings(Backend backend) {
        this.connections = backend.connections();
        this.catalog = backend.catalog();
    }

    List<Diagnostic> of(Graph graph, Source source) {
        Map<String, Entry> there =
                connections.list(Backend.ORGANISATION).stream().collect(Collectors.toMap(Entry::name, entry -> entry));
        var warnings = new ArrayList<Diagnostic>();
        var said = new HashSet<String>();
        for (var call : Performed.of(graph)) {
            if (!takesOne(graph, call.integration())
                    || (call.using() == null && OPTIONAL.contains(call.integration()))) {
                continue;
            }
            String name = call.using() == null
                    ? call.integration()
                    : call.using() instanceof Expr.Text(String text, var _) ? text : null;
            // One warning a connection is enough.
            if (name != null && said.add(name)) {
                warn(call, name, there.get(name), source, warnings);
            }
        }
        return warnings;
    }

    private boolean takesOne(Graph graph, String integration) {
        return graph.library()
                .service(integration)
                .map(service -> !service.auth().isEmpty())
                .or(() -> catalog.find(integration)
                        .map(known -> !known.connections().isEmpty()))
                .orElse(false);
    }

    private static void warn(
            Performed call,
            String name,
            @org.jspecify.annotations.Nullable Entry entry,
            Source source,
            List<Diagnostic> into) {
        if (entry != null && entry.integration().equals(call.integration())) {
            return;
        }
        String what = entry == null
                ? "There is no connection `%s` yet, which this step uses.".formatted(name)
                : "The connection `%s` is one to %s, not to %s."
                        .formatted(name, entry.integration(), call.integration());
        into.add(Diagnostic.warning(CODE, what, new Location(source, call.at()))
                .withHint("Make it: `weir connect %s --integration %s`.".formatted(name, call.integration())));
    }
}
