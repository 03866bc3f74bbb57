package weir.server;

import weir.store.Queue;
import weir.store.Views;
import weir.value.RecordValue;
import weir.value.Value;

/// The queue and who works on it.
final class QueueApi {
    private final Queue queue;
    private final Views views;

    QueueApi(Backend backend) {
        this.queue = backend.queue();
        this.views = backend.views();
    }

    void routes(Routes routes) {
        routes.get("/api/v1/queue", this::get);
    }

    private void get(Exchange exchange) {
        var depth = queue.depth();
        exchange.answer(RecordValue.builder()
                .put("pending", Documents.number(depth.pending()))
                .put("scheduled", Documents.number(depth.scheduled()))
                .put("processing", Documents.number(depth.processing()))
                .put("oldestAgeMs", Documents.number(depth.oldestAgeMs()))
                .put(
                        "workers",
                        Documents.list(
                                views.workers(),
                                worker -> RecordValue.builder()
                                        .put("name", Value.of(worker.name()))
                                        .put("seenAt", Documents.time(worker.seenAt()))
                                        .put("runs", Value.of(worker.runs()))
                                        .build()))
                .build());
    }
}
