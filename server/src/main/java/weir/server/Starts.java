package weir.server;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import weir.eval.EvaluationError;
import weir.graph.Graph;
import weir.store.Journal;
import weir.worker.Outcome;
import weir.worker.Runs;

/// Every start of a run goes through here, so that they are counted.
final class Starts {
    private final Runs runs;
    private final QueueDepth depth;
    private final Metrics.Counter started;

    Starts(Runs runs, QueueDepth depth, Metrics metrics) {
        this.runs = runs;
        this.depth = depth;
        this.started = metrics.counter("weir_runs_started_total", "Runs that were accepted.", "workflow", "trigger");
    }

    /// For those who ask for runs: turns them away while the workers are far behind. Schedules are never turned
    /// away.
    ///
    /// @param priority of what would be started
    /// @throws Problem.Thrown 429 or 503, which says when to come back
    void admit(Graph.Priority priority) {
        depth.admit(priority);
    }

    /// Waits for a run to come out, at most that long. A stop of the server ends the waiting, not the run.
    Optional<Outcome> await(UUID run, Duration patience) {
        try {
            return runs.await(Backend.ORGANISATION, run, patience);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Blocks until the run is durable.
    ///
    /// @param kind what kind of trigger: `api`, `webhook` or `schedule`
    /// @throws Problem.Thrown 422 when the workflow's own terms of a start cannot be evaluated for that input
    Journal.Accepted start(Runs.StartRequest request, String kind) {
        var accepted = accepted(request);
        if (accepted instanceof Journal.Accepted.Fresh) {
            started.increment(request.workflow().name(), kind);
        }
        return accepted;
    }

    private Journal.Accepted accepted(Runs.StartRequest request) {
        try {
            return runs.start(request);
        } catch (EvaluationError error) {
            throw Problem.of(
                            422,
                            "start_not_possible",
                            "The workflow cannot start with this input",
                            "Its `once per` or `at most … at once` fails (" + error.code() + "): " + error.sentence()
                                    + ".")
                    .thrown();
        }
    }
}
