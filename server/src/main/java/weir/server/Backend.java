package weir.server;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import weir.compile.Compiled;
import weir.eval.Scripts;
import weir.integrations.SealedConnections;
import weir.model.Catalog;
import weir.source.Source;
import weir.store.Queue;
import weir.store.Registry;
import weir.store.Views;
import weir.value.RecordValue;
import weir.worker.Handler;
import weir.worker.Plans;
import weir.worker.Runs;

/// What the server stands on; whoever starts it also stops it.
///
/// @param compiler never throws for a text
/// @param settings what the environment gives to `settings` declarations
/// @param metrics what the worker of this process also counts in ([RunMetrics])
/// @param checks what `/health` looks at, by the name of the part
public record Backend(
        Registry registry,
        Views views,
        Queue queue,
        Runs runs,
        Plans plans,
        Function<Source, Compiled> compiler,
        Catalog catalog,
        Handler.Secrets secrets,
        SealedConnections connections,
        RecordValue settings,
        Scripts scripts,
        InstantSource clock,
        Metrics metrics,
        Map<String, Check> checks) {
    /// The organisation that everything belongs to until there are several.
    public static final int ORGANISATION = 1;

    public Backend {
        checks = Map.copyOf(checks);
    }

    /// A look at a part that the server needs; throws when it cannot be used.
    public interface Check {
        void look() throws Exception;
    }
}
