package weir.integrations;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.check.Availability;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.engine.Plan;
import weir.model.StandardCatalog;
import weir.source.Source;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// Calls of actions as a worker makes them.
final class Steps {
    private final Plan plan;
    private final Handler handler;
    private @Nullable String connection;
    private String key = "key-1";
    private Duration timeout = Duration.ofSeconds(20);

    private Steps(Plan plan, Handler handler) {
        this.plan = plan;
        this.handler = handler;
    }

    static Steps of(Handler handler) {
        return of(handler, "");
    }

    /// @param declarations what stands before a workflow that uses all of them
    static Steps of(Handler handler, String declarations) {
        var text = new StringBuilder(declarations).append("\nworkflow all() {\n");
        var compiler = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);
        var declared = compiler.compile(new Source("test.weir", declarations), Files.NONE);
        if (declared.hasErrors()) {
            throw new AssertionError(declared.diagnostics().toString());
        }
        for (var service : declared.library().services()) {
            for (var action : service.actions()) {
                text.append("  step ")
                        .append(service.name())
                        .append('.')
                        .append(action.name())
                        .append('(');
                for (var parameter : action.parameters()) {
                    text.append(parameter.name()).append(": ").append(value(parameter.type()));
                    text.append(", ");
                }
                text.append(")\n");
            }
        }
        var compiled = compiler.compile(new Source("test.weir", text + "}\n"), Files.NONE);
        if (compiled.hasErrors()) {
            throw new AssertionError(text + "\n" + compiled.diagnostics());
        }
        var graph = compiled.graph("all").orElseThrow();
        return new Steps(Plan.of(graph, RecordValue.EMPTY, (body, parameters, given) -> none(), null), handler);
    }

    private static Value none() {
        throw new AssertionError("no scripts here");
    }

    private static String value(weir.model.Type type) {
        return switch (type) {
            case weir.model.Type.Basic.SECRET -> "secret(\"S\")";
            default -> new weir.model.Shape(Map.of()).example(type, "x").toString();
        };
    }

    Steps using(String name) {
        connection = name;
        return this;
    }

    Steps key(String value) {
        key = value;
        return this;
    }

    Steps timeout(Duration value) {
        timeout = value;
        return this;
    }

    Value perform(String action, RecordValue.Builder arguments) throws StepFailure, InterruptedException {
        int dot = action.indexOf('.');
        return handler.perform(new Handler.Call(
                new UUID(0, 0),
                1,
                plan,
                "step",
                action.substring(0, dot),
                action.substring(dot + 1),
                arguments.build(),
                key,
                1,
                timeout,
                connection,
                name -> "s3cret-" + name));
    }

    /// Connections that are the same for every organisation.
    static Connections connections(Connections.Connection... all) {
        return (org, name) -> {
            for (var one : all) {
                if (one.name().equals(name)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        };
    }
}
