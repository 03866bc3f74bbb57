package weir.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.integrations.HttpHandler;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.Egress;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The actions that steps can take, by integration.
final class Handlers {
    private Handlers() {}

    static Map<String, Handler> all(AddressRules rules) {
        return Map.of("http", new Later(rules));
    }

    /// The HTTP client is made for the first request: most commands come without one.
    private static final class Later implements Handler {
        private final AddressRules rules;
        private @Nullable Handler handler;

        Later(AddressRules rules) {
            this.rules = rules;
        }

        @Override
        public Value perform(Call call) throws StepFailure, InterruptedException {
            return handler().perform(call);
        }

        private synchronized Handler handler() {
            var made = handler;
            if (made == null) {
                made = new HttpHandler(new Egress(rules));
                handler = made;
            }
            return made;
        }
    }
}
