package weir.worker;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Input;
import weir.engine.Plan;
import weir.engine.RunError;
import weir.store.Quotas;
import weir.store.StoreProblem;
import weir.worker.Handler.Secrets;

/// Performs one attempt of an action, within its time, and reports exactly one outcome or, when it
/// was abandoned, none.
public final class Performer {
    private static final Logger LOG = Logger.getLogger(Performer.class.getName());

    private final Map<String, Handler> handlers;
    private final Secrets secrets;
    private final Quotas quotas;
    private final Stage stage;

    /// @param handlers by integration
    /// @param quotas what steps of all runs share
    public Performer(Map<String, Handler> handlers, Secrets secrets, Quotas quotas, Stage stage) {
        this.handlers = Map.copyOf(handlers);
        this.secrets = secrets;
        this.quotas = quotas;
        this.stage = stage;
    }

    /// Whose attempt it is.
    ///
    /// @param workflow its id in the store
    public record Whose(UUID run, int org, int workflow, Plan plan) {}

    public Attempt start(Whose whose, Effect.Perform effect, Consumer<Input> report) {
        var attempt = new Attempt(effect, report);
        Long timeout = effect.timeout();
        attempt.work = stage.perform(
                () -> attempt.onTerms(whose),
                attempt::report,
                timeout == null ? null : Duration.ofMillis(timeout),
                attempt::expire);
        return attempt;
    }

    /// An attempt under way.
    public final class Attempt {
        private final Effect.Perform effect;
        private final Consumer<Input> report;
        private final AtomicBoolean settled = new AtomicBoolean();
        private volatile Stage.@Nullable Work work;

        private Attempt(Effect.Perform effect, Consumer<Input> report) {
            this.effect = effect;
            this.report = report;
        }

        Effect.Perform effect() {
            return effect;
        }

        private void report(Input outcome) {
            if (settled.compareAndSet(false, true)) {
                report.accept(outcome);
            }
        }

        /// Looks at what the step shares with other runs, then performs it.
        private Input onTerms(Whose whose) {
            var terms = effect.terms();
            var limit = whose.plan()
                    .library()
                    .service(effect.integration())
                    .map(service -> service.limits().rate())
                    .orElse(null);
            if (terms.once() == null && terms.rate() == null && limit == null) {
                return outcome(whose);
            }
            var place = new Quotas.Place(whose.org(), whose.workflow(), Plan.nodeId(effect.path()));
            String holder = whose.run() + "/" + effect.path();
            try {
                var once = terms.once();
                if (once != null && !quotas.take(place, once.key(), Duration.ofMillis(once.within()), holder)) {
                    return new Input.Skipped(effect.path(), effect.attempt());
                }
                var rate = terms.rate();
                var again = rate == null ? null : quotas.begin(place, rate.count(), Duration.ofMillis(rate.per()));
                if (again != null) {
                    return new Input.Postponed(effect.path(), effect.attempt(), again);
                }
                var later =
                        limit == null ? null : quotas.begin(all(whose), limit.count(), Duration.ofMillis(limit.per()));
                if (later != null) {
                    return new Input.Postponed(effect.path(), effect.attempt(), later);
                }
                var outcome = outcome(whose);
                if (once != null && outcome instanceof Input.Failed) {
                    quotas.giveBack(place, once.key(), holder);
                }
                return outcome;
            } catch (StoreProblem away) {
                return failed(RunError.of("store_away", "what this step shares with other runs cannot be looked at"));
            }
        }

        /// What all steps of the organisation that use the same connection of an `integration` block share.
        private Quotas.Place all(Whose whose) {
            String connection = effect.connection() == null ? effect.integration() : effect.connection();
            return new Quotas.Place(whose.org(), 0, "integration " + effect.integration() + " " + connection);
        }

        private Input outcome(Whose whose) {
            var run = whose.run();
            boolean declared =
                    whose.plan().library().service(effect.integration()).isPresent();
            var handler = handlers.get(declared ? Handler.DECLARED : effect.integration());
            if (handler == null) {
                return failed(RunError.of(
                        "unknown_integration",
                        "this worker has no integration \"" + effect.integration()
                                + "\"; install it or start a worker that has it"));
            }
            try {
                Long timeout = effect.timeout();
                return new Input.Completed(
                        effect.path(),
                        effect.attempt(),
                        handler.perform(new Handler.Call(
                                run,
                                whose.org(),
                                whose.plan(),
                                effect.path(),
                                effect.integration(),
                                effect.action(),
                                effect.arguments(),
                                effect.key(),
                                effect.attempt(),
                                timeout == null ? null : Duration.ofMillis(timeout),
                                effect.connection(),
                                secrets)));
            } catch (StepFailure failure) {
                return failed(failure.error());
            } catch (InterruptedException abandoned) {
                return failed(RunError.of("interrupted", "the attempt was interrupted"));
            } catch (RuntimeException | Error defect) {
                LOG.log(
                        Level.SEVERE,
                        defect,
                        () -> "the handler of " + effect.integration() + "." + effect.action() + " failed in run " + run
                                + " at " + effect.path());
                return failed(RunError.of(
                        "handler_error",
                        "the integration \"" + effect.integration() + "\" failed by itself ("
                                + defect.getClass().getSimpleName() + "); the server's log says more"));
            }
        }

        private void expire() {
            if (settled.compareAndSet(false, true)) {
                report.accept(failed(RunError.of("timeout", "no answer within " + effect.timeout() + " ms")));
                interrupt();
            }
        }

        /// Stops it; nothing is reported any more.
        public void abandon() {
            settled.set(true);
            interrupt();
        }

        private void interrupt() {
            var running = work;
            if (running != null) {
                running.interrupt();
            }
        }

        private Input failed(RunError error) {
            return new Input.Failed(effect.path(), effect.attempt(), error);
        }
    }
}
