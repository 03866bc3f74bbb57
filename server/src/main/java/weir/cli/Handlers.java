package weir.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.integrations.Blobs;
import weir.integrations.Connections;
import weir.integrations.FileHandler;
import weir.integrations.HttpHandler;
import weir.integrations.MailHandler;
import weir.integrations.OpenAiHandler;
import weir.integrations.ServiceHandler;
import weir.integrations.SqlHandler;
import weir.integrations.StateHandler;
import weir.store.KeptValues;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.Egress;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The actions that steps can take, by integration. Each handler is made for its first step: most commands come
/// without one.
final class Handlers {
    private Handlers() {}

    /// What handlers stand on.
    ///
    /// @param rules what steps may reach
    /// @param values what is kept between runs
    /// @param blobs what is in files
    /// @param folder what `file.*` reads and writes, or null: nothing
    record Ground(
            AddressRules rules,
            Connections connections,
            KeptValues values,
            Blobs blobs,
            @Nullable Path folder) {}

    static Map<String, Handler> all(Ground ground) {
        var connections = ground.connections();
        var egress = new Once<>(() -> new Egress(ground.rules()));
        return Map.of(
                "http",
                new Later(() -> new HttpHandler(egress.get(), connections, ground.blobs())),
                Handler.DECLARED,
                new Later(() -> new ServiceHandler(egress.get(), connections)),
                "sql",
                new Later(() -> new SqlHandler(ground.rules(), connections)),
                "state",
                new Later(() -> new StateHandler(ground.values())),
                "file",
                new Later(() -> new FileHandler(ground.folder(), ground.blobs())),
                "mail",
                new Later(() ->
                        new MailHandler(ground.rules(), connections, ground.blobs(), InstantSource.system(), null)),
                "openai",
                new Later(() -> new OpenAiHandler(egress.get(), connections)));
    }

    /// Made when it is first asked for.
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> maker;
        private @Nullable T made;

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized T get() {
            var there = made;
            if (there == null) {
                there = maker.get();
                made = there;
            }
            return there;
        }
    }

    private record Later(Once<Handler> handler) implements Handler {
        Later(Supplier<Handler> maker) {
            this(new Once<>(maker));
        }

        @Override
        public Value perform(Call call) throws StepFailure, InterruptedException {
            return handler.get().perform(call);
        }
    }
}
