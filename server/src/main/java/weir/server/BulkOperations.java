package weir.server;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.store.Views;
import weir.value.BooleanValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// The same for many runs: those that a query finds, newest first, a bounded batch a request. `next` leads to the next
/// batch, so whoever asks sees how far it is and may stop anywhere; runs that were dealt with already are dealt with
/// once.
final class BulkOperations {
    /// So many runs are looked at in one request.
    private static final int BATCH = 500;

    private static final int PAGE = 100;
    /// So many refusals are told one by one; the others are counted.
    private static final int TOLD = 50;

    private final Views views;
    private final Deployments deployments;
    private final RunOperations operations;
    private final RunViews shown;

    BulkOperations(Backend backend, Deployments deployments) {
        this.views = backend.views();
        this.deployments = deployments;
        this.operations = new RunOperations(backend, deployments);
        this.shown = new RunViews(backend);
    }

    private enum Action {
        CANCEL,
        PAUSE,
        RESUME
    }

    /// @param errorCode how they failed, null: any
    private record Query(
            @Nullable Integer workflow,
            Views.@Nullable State status,
            @Nullable String errorCode,
            @Nullable Instant since,
            @Nullable UUID before) {}

    /// @return `{ matched, done, refused, refusals: [{ id, code, detail }], next }`
    RecordValue apply(RecordValue request) {
        var action = action(text(request, "action"));
        var query = query(request, action);
        boolean dry = request.get("dryRun") == BooleanValue.TRUE;
        Integer version =
                request.get("version") == null ? null : (Integer) RunsApi.whole(request.get("version"), "version");
        var found = find(query);
        var refusals = new ArrayList<RecordValue>();
        for (var row : found.rows()) {
            try {
                apply(action, row, version, dry);
            } catch (Problem.Thrown refused) {
                refusals.add(refusal(row, refused.problem()));
            }
        }
        int matched = found.rows().size();
        return RecordValue.builder()
                .put("matched", Value.of(matched))
                .put("done", Value.of(dry ? 0 : matched - refusals.size()))
                .put("refused", Value.of(refusals.size()))
                .put("refusals", Documents.list(refusals.subList(0, Math.min(TOLD, refusals.size())), one -> one))
                .put(
                        "next",
                        found.next() == null
                                ? NullValue.NULL
                                : Value.of(found.next().toString()))
                .build();
    }

    private void apply(Action action, Views.Row row, @Nullable Integer version, boolean dry) {
        switch (action) {
            case CANCEL -> {
                if (!dry) {
                    operations.cancel(row);
                }
            }
            case PAUSE -> {
                if (!dry) {
                    operations.pause(row);
                }
            }
            case RESUME -> {
                if (!dry) {
                    operations.resume(row, version);
                } else if (version != null) {
                    operations.requireFit(row, version);
                }
            }
        }
    }

    private static RecordValue refusal(Views.Row row, Problem problem) {
        return RecordValue.builder()
                .put("id", Value.of(row.run().toString()))
                .put("code", Value.of(problem.code()))
                .put("detail", Value.of(problem.detail()))
                .build();
    }

    private record Found(List<Views.Row> rows, @Nullable UUID next) {}

    private Found find(Query query) {
        var rows = new ArrayList<Views.Row>();
        var before = query.before();
        int looked = 0;
        while (looked < BATCH) {
            var page =
                    views.list(new Views.Query(Backend.ORGANISATION, query.workflow(), query.status(), before, PAGE));
            var ends = shown.errorCodes(query.errorCode() == null ? List.of() : page);
            for (var row : page) {
                if (query.since() != null && row.startedAt().isBefore(query.since())) {
                    return new Found(rows, null);
                }
                boolean ended = row.endedAt() != null;
                boolean fits = query.errorCode() == null || query.errorCode().equals(ends.get(row.run()));
                if (!ended && fits) {
                    rows.add(row);
                }
            }
            if (page.size() < PAGE) {
                return new Found(rows, null);
            }
            before = page.getLast().run();
            looked += page.size();
        }
        return new Found(rows, before);
    }

    private Query query(RecordValue request, Action action) {
        String name = text(request, "workflow");
        Integer workflow = name == null
                ? null
                : (Integer) deployments
                        .workflow(name)
                        .orElseThrow(() -> Problem.notFound("workflow", name).thrown())
                        .entry()
                        .id();
        var status = RunsApi.state(text(request, "status"));
        if (status == null && action == Action.RESUME) {
            status = Views.State.PARKED;
        }
        String cursor = text(request, "cursor");
        var until = time(request, "until");
        UUID before = until == null ? null : new UUID(until.toEpochMilli() << 16, 0);
        if (cursor != null) {
            try {
                before = UUID.fromString(cursor);
            } catch (IllegalArgumentException wrong) {
                throw Problem.badRequest("`cursor` is what `next` of the batch before said.")
                        .thrown();
            }
        }
        return new Query(workflow, status, text(request, "errorCode"), time(request, "since"), before);
    }

    private static Action action(@Nullable String text) {
        return switch (Objects.requireNonNullElse(text, "")) {
            case "cancel" -> Action.CANCEL;
            case "pause" -> Action.PAUSE;
            case "resume" -> Action.RESUME;
            default ->
                throw Problem.badRequest("`action` is one of cancel, pause, resume.")
                        .thrown();
        };
    }

    private static @Nullable String text(RecordValue request, String name) {
        return switch (request.get(name)) {
            case null -> null;
            case NullValue _ -> null;
            case StringValue(String text) -> text;
            // Default: other values are no texts.
            default -> throw Problem.badRequest("`" + name + "` is a text.").thrown();
        };
    }

    private static @Nullable Instant time(RecordValue request, String name) {
        String text = text(request, name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw Problem.badRequest("`" + name + "` is a time such as 2026-01-31T12:00:00Z.")
                    .thrown();
        }
    }
}
