package weir.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Entry;
import weir.engine.History;
import weir.engine.RunError;
import weir.engine.RunViewJson;
import weir.store.Views;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Plans;

/// Runs as the API shows them: one line in a list, or everything.
final class RunViews {
    private final Views views;
    private final Plans plans;

    RunViews(Backend backend) {
        this.views = backend.views();
        this.plans = backend.plans();
    }

    /// In the order of the list.
    Value summaries(List<Views.Listed> page) {
        return Documents.list(page, listed -> summary(listed.row(), listed.ends()));
    }

    private RecordValue summary(Views.Row row, Views.@Nullable Ends ends) {
        var started = ends == null ? null : RunsApi.started(ends.first());
        var builder = RecordValue.builder()
                .put("id", Value.of(row.run().toString()))
                .put("workflow", started == null ? NullValue.NULL : Value.of(started.workflow()))
                .put("version", started == null ? NullValue.NULL : Value.of(started.version()));
        state(builder, row)
                .put("durationMs", duration(row))
                .put("trigger", started == null ? NullValue.NULL : Value.of(started.trigger()))
                .put("error", RunViewJson.error(ends == null ? null : error(ends)));
        return builder.build();
    }

    private static RecordValue.Builder state(RecordValue.Builder builder, Views.Row row) {
        return builder.put("status", Value.of(Documents.status(row.state())))
                .put("resumable", Value.of(row.state() == Views.State.PARKED))
                .put("startedAt", Documents.time(row.startedAt()))
                .put("endedAt", Documents.time(row.endedAt()));
    }

    private static Value duration(Views.Row row) {
        var ended = row.endedAt();
        return ended == null
                ? NullValue.NULL
                : Documents.number(
                        Math.max(0, Duration.between(row.startedAt(), ended).toMillis()));
    }

    private static @Nullable RunError error(Views.Ends ends) {
        RunError error = null;
        for (var entry : ends.last().entries()) {
            if (entry instanceof Entry.Ended ended) {
                error = ended.error();
            } else if (entry instanceof Entry.Parked parked) {
                error = parked.error();
            }
        }
        return error;
    }

    /// How those of them failed that did, by run.
    Map<UUID, String> errorCodes(List<Views.Row> rows) {
        var codes = new HashMap<UUID, String>();
        if (!rows.isEmpty()) {
            views.ends(Backend.ORGANISATION, rows.stream().map(Views.Row::run).toList())
                    .forEach((run, ends) -> {
                        var error = error(ends);
                        if (error != null) {
                            codes.put(run, error.code());
                        }
                    });
        }
        return codes;
    }

    Optional<RecordValue> view(UUID run) {
        return views.see(Backend.ORGANISATION, run).map(this::view);
    }

    /// What the journal says, and of its state what the store knows better: whether it is queued, and when it is
    /// due.
    RecordValue view(Views.Seen seen) {
        var row = seen.row();
        var frames = seen.frames();
        var history = History.of(plans.of(row.version()), row.run(), frames, plans::of);
        var builder = RecordValue.builder();
        RunViewJson.of(row.run(), history).forEach(builder::put);
        return state(builder, row).put("wakeAt", Documents.time(row.wakeAt())).build();
    }
}
