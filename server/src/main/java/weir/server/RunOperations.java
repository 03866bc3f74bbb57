package weir.server;

import java.util.List;
import java.util.UUID;
import weir.engine.Entry;
import weir.engine.Message;
import weir.store.Views;
import weir.worker.Runs;

/// What people ask of runs that are there: to stop, to pause, to go on. Who asks twice before something happened asks
/// once.
final class RunOperations {
    private final Runs runs;
    private final Views views;

    RunOperations(Backend backend) {
        this.runs = backend.runs();
        this.views = backend.views();
    }

    /// @throws Problem.Thrown 409 `run_over`
    void cancel(Views.Row row) {
        require(runs.cancel(Backend.ORGANISATION, row.run(), "cancelled by API", "api/cancel"), row);
    }

    /// @throws Problem.Thrown 409 when it has ended or failed
    void pause(Views.Row row) {
        switch (row.state()) {
            case QUEUED, RUNNING, WAITING -> {
                var source = "api/pause/" + head(row.run());
                require(runs.pause(Backend.ORGANISATION, row.run(), "paused by API", source), row);
            }
            case PAUSED -> {
                // It is.
            }
            case PARKED ->
                throw Problem.of(409, "not_pausable", "Nothing to pause", "The run has failed; nothing of it goes on.")
                        .thrown();
            case SUCCEEDED, FAILED, CANCELLED -> throw over(row);
        }
    }

    /// @throws Problem.Thrown 409 when it neither has failed nor is paused
    void resume(Views.Row row) {
        requireRest(row);
        require(runs.resume(Backend.ORGANISATION, row.run(), "resumed by API", source(row)), row);
    }

    private void requireRest(Views.Row row) {
        // One that is asked to pause may still be busy with what was under way.
        boolean pausing = row.state() != Views.State.PARKED && isPausing(row.run());
        if (row.state() != Views.State.PARKED && row.state() != Views.State.PAUSED && !pausing) {
            throw Problem.of(
                            409,
                            "not_resumable",
                            "Nothing to resume",
                            "Only a paused run, or a failed one that is resumable, can be resumed; this one is "
                                    + Documents.status(row.state()) + ".")
                    .thrown();
        }
    }

    private boolean isPausing(UUID run) {
        boolean paused = false;
        for (var frame : views.frames(Backend.ORGANISATION, run, 0)) {
            for (var entry : frame.entries()) {
                if (entry instanceof Entry.MessageTaken(int _, var message)) {
                    paused = switch (message) {
                        case Message.Pause _ -> true;
                        case Message.Resume _, Message.Cancel _ -> false;
                        case Message.ChildEnded _, Message.Answered _, Message.Published _ -> paused;
                    };
                }
            }
        }
        return paused;
    }

    /// After another failure the journal is longer and the wish a new one.
    private String source(Views.Row row) {
        return "api/resume/" + head(row.run());
    }

    private int head(UUID run) {
        var ends = views.ends(Backend.ORGANISATION, List.of(run)).get(run);
        return ends == null ? 0 : ends.last().seq();
    }

    private void require(boolean told, Views.Row row) {
        if (!told) {
            throw over(views.find(Backend.ORGANISATION, row.run()).orElse(row));
        }
    }

    private static Problem.Thrown over(Views.Row row) {
        return Problem.of(
                        409,
                        "run_over",
                        "The run is over",
                        "The run has ended (" + Documents.status(row.state()) + ").")
                .thrown();
    }
}
