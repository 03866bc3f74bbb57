package weir.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.graph.Drawing;
import weir.graph.Graph;
import weir.source.Diagnostic;
import weir.source.DiagnosticJson;
import weir.source.Source;
import weir.store.Views;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.StringValue;
import weir.value.Value;

/// What several APIs say in the same words.
final class Documents {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Documents() {}

    static Value time(@Nullable Instant time) {
        return time == null ? NullValue.NULL : new StringValue(TIME.format(time));
    }

    static Value text(@Nullable String text) {
        return text == null ? NullValue.NULL : new StringValue(text);
    }

    static Value number(long number) {
        return new NumberValue((double) number);
    }

    static Value orNull(@Nullable Value value) {
        return value == null ? NullValue.NULL : value;
    }

    static <T> ListValue list(Collection<T> items, Function<? super T, ? extends Value> each) {
        return ListValue.of(items.stream().map(each).toList());
    }

    /// @param source the text that the graph was compiled from
    static Value drawing(Graph graph, Source source) {
        return value(Drawing.of(graph, source).json());
    }

    static Value diagnostics(List<Diagnostic> diagnostics) {
        return value(DiagnosticJson.tree(diagnostics));
    }

    /// A document that another package made as a tree.
    static Value value(JsonNode tree) {
        return Json.read(tree.toString());
    }

    /// A parked run failed for those who look at it; `resumable` tells it apart.
    static String status(Views.State state) {
        return switch (state) {
            case QUEUED -> "queued";
            case RUNNING -> "running";
            case WAITING -> "waiting";
            case PAUSED -> "paused";
            case SUCCEEDED -> "succeeded";
            case FAILED, PARKED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }
}
