package weir.cli;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.integrations.Blobs;
import weir.integrations.Connections;
import weir.integrations.HttpHandler;
import weir.integrations.ServiceHandler;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.Egress;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The actions that steps can take, by integration. Each handler is made for its first step: most commands come
/// without one.
final class Handlers {
    private Handlers() {}

    /// @param rules what steps may reach
    static Map<String, Handler> all(AddressRules rules, Connections connections, Blobs blobs) {
        var egress = new Once<>(() -> new Egress(rules));
        return Map.of(
                "http",
                new Later(() -> new HttpHandler(egress.get(), connections, blobs)),
                Handler.DECLARED,
                new Later(() -> new ServiceHandler(egress.get(), connections)));
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
