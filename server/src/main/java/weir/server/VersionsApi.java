package weir.server;

import io.helidon.http.HeaderNames;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.graph.Comparison;
import weir.graph.ComparisonJson;
import weir.graph.GraphJson;
import weir.source.Source;
import weir.store.Registry;
import weir.store.Split;
import weir.store.Views;
import weir.value.BooleanValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// The versions of a workflow: which one starts take, and what differs between two.
final class VersionsApi {
    private static final int LONGEST_KEY = 500;
    /// So many failed runs are held against a version that is compared.
    private static final int HELD = 100;

    private final Deployments deployments;
    private final Registry registry;
    private final Views views;
    private final RunOperations operations;

    VersionsApi(Deployments deployments, Backend backend) {
        this.deployments = deployments;
        this.registry = backend.registry();
        this.views = backend.views();
        this.operations = new RunOperations(backend, deployments);
    }

    void routes(Routes routes) {
        routes.post("/api/v1/workflows/{name}/versions/{version}/activate", this::activate)
                .get("/api/v1/workflows/{name}/versions/{version}/compare/{other}", this::compare)
                .post("/api/v1/workflows/{name}/split", this::split)
                .post("/api/v1/workflows/{name}/retire", exchange -> retire(exchange, true))
                .post("/api/v1/workflows/{name}/unretire", exchange -> retire(exchange, false));
    }

    private Registry.Entry entry(Exchange exchange) {
        String name = exchange.part("name");
        return deployments
                .workflow(name)
                .orElseThrow(() -> Problem.notFound("workflow", name).thrown())
                .entry();
    }

    private Registry.Version version(Registry.Entry entry, String number) {
        return registry.versions(entry.id()).stream()
                .filter(one -> String.valueOf(one.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("version", number).thrown());
    }

    private void activate(Exchange exchange) {
        var entry = entry(exchange);
        var version = version(entry, exchange.part("version"));
        var refused = deployments.activate(entry, version);
        if (refused.isPresent()) {
            throw refused.get().thrown();
        }
        answer(exchange);
    }

    private void split(Exchange exchange) {
        var entry = entry(exchange);
        try {
            var split = Split.of(exchange.object(exchange.body()));
            for (var share : split.shares()) {
                version(entry, String.valueOf(share.version()));
            }
            registry.split(entry.id(), split);
        } catch (IllegalArgumentException wrong) {
            throw Problem.badRequest(wrong.getMessage() + ".").thrown();
        }
        answer(exchange);
    }

    private void retire(Exchange exchange, boolean retired) {
        registry.retire(entry(exchange).id(), retired);
        answer(exchange);
    }

    private void answer(Exchange exchange) {
        deployments.refresh();
        var entry = entry(exchange);
        exchange.answer(RecordValue.builder()
                .put("name", Value.of(entry.name()))
                .put("version", Value.of(entry.active()))
                .put("split", split(entry))
                .put("retired", Value.of(entry.retired()))
                .build());
    }

    static Value split(Registry.Entry entry) {
        return entry.split() == null ? NullValue.NULL : entry.split().json();
    }

    /// The key by which a start takes its version, null when it has none.
    static @Nullable String key(String by, Exchange exchange, RecordValue input) {
        if (!by.startsWith("input.")) {
            return shortened(exchange.header(HeaderNames.create(by)));
        }
        @Nullable Value value = input;
        for (String name : Arrays.asList(by.split("\\.")).subList(1, by.split("\\.").length)) {
            value = value instanceof RecordValue record ? record.get(name) : null;
        }
        return switch (value) {
            case StringValue(String text) -> shortened(text);
            case NumberValue number -> weir.value.Json.text(number);
            case BooleanValue truth -> truth.toString();
            // Default: nothing else is a key.
            case null, default -> null;
        };
    }

    private static @Nullable String shortened(@Nullable String key) {
        return key == null || key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }

    private void compare(Exchange exchange) {
        var entry = entry(exchange);
        var before = version(entry, exchange.part("version"));
        var after = version(entry, exchange.part("other"));
        var comparison = Comparison.of(GraphJson.read(before.graph()), GraphJson.read(after.graph()));
        var json = (RecordValue) Documents.value(ComparisonJson.of(
                comparison,
                new Source("version " + before.number(), before.text()),
                new Source("version " + after.number(), after.text())));
        exchange.answer(json.with("runs", runs(entry, before, after)));
    }

    /// Which failed runs of the one version could not go on with the other.
    private RecordValue runs(Registry.Entry entry, Registry.Version before, Registry.Version after) {
        var rows = views.list(new Views.Query(Backend.ORGANISATION, entry.id(), Views.State.PARKED, null, HELD));
        int held = 0;
        var unfit = new ArrayList<RecordValue>();
        for (var row : rows) {
            if (row.version() == before.id()) {
                held++;
                try {
                    operations.requireFit(row, after.number());
                } catch (Problem.Thrown refused) {
                    unfit.add(refused.problem()
                            .document()
                            .with("id", Value.of(row.run().toString())));
                }
            }
        }
        return RecordValue.builder()
                .put("resumable", Value.of(held))
                .put("wouldNotFit", Documents.list(unfit, one -> one))
                .build();
    }
}
