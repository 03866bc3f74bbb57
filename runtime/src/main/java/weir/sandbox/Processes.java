package weir.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import weir.eval.Budget;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.source.Span;
import weir.value.Value;

/// Runs scripts in processes of their own, for organisations that do not trust each other: each process has its own
/// heap, no environment, and nothing to find. A script that breaks its process costs nobody else anything. Costs
/// nothing until the first script comes, or [#prewarm] is called. Shared between threads.
public final class Processes implements Tenants {
    private final Limits limits;
    private final Budget budget;
    private final ProcessPool pool;
    private final Path folder;

    /// How it stands.
    ///
    /// @param serving processes that belong to an organisation
    /// @param spare processes that are ready and belong to nobody
    /// @param waiting scripts that wait for a process
    /// @param assigned scripts that a process has, running or next
    /// @param started processes so far
    /// @param ended processes so far, by reason in lower case
    public record Counts(int serving, int spare, int waiting, int assigned, long started, Map<String, Long> ended) {
        public Counts {
            ended = Map.copyOf(ended);
        }
    }

    /// @param limits of each script; `worlds` does not matter, as a process has one
    public Processes(Limits limits, ProcessOptions options) {
        this(limits, Budget.STANDARD, options);
    }

    /// @param budget what evaluations may take here; its longest text holds for scripts, too
    public Processes(Limits limits, Budget budget, ProcessOptions options) {
        this.limits = limits.withText(budget.text());
        this.budget = budget;
        try {
            this.folder = Files.createTempDirectory("weir-scripts");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        var command = ChildCommand.of(options.megabytes(), folder);
        this.pool = new ProcessPool(options, this.limits, command);
    }

    @Override
    public Scripts of(int organisation) {
        return new Scripts() {
            @Override
            public Value run(String body, List<String> parameters, List<Value> arguments) {
                return run(new Script(body, parameters, List.of()), arguments, (function, values) -> {
                    throw new EvaluationError("type_error", function + " cannot be called here", Span.NONE);
                });
            }

            @Override
            public Value run(Script script, List<Value> arguments, Host host) {
                return Processes.this.run(organisation, script, arguments, host);
            }

            @Override
            public Budget budget() {
                return budget;
            }
        };
    }

    private Value run(int organisation, Script script, List<Value> arguments, Scripts.Host host) {
        var request = new Request(organisation, limits, script, fitting(Border.arguments(arguments)), host);
        var caller = request.caller();
        if (caller != null) {
            caller.child().assign(request, caller.number());
        } else {
            pool.submit(organisation, request);
        }
        return request.await();
    }

    private static String fitting(String arguments) {
        int most = Wire.LONGEST - 1_000;
        if (arguments.length() > most / 3 && arguments.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new EvaluationError(
                    "limit_size", "a script cannot be given more than " + most + " bytes of values", Span.NONE);
        }
        return arguments;
    }

    /// Starts a process, so that the first script need not wait a second for it.
    @Override
    public void prewarm() {
        pool.prewarm();
    }

    public Counts counts() {
        return pool.counts();
    }

    /// @throws IllegalStateException when no process can be started
    public void requireWorking() {
        if (pool.isFailing()) {
            throw new IllegalStateException("no process for JavaScript can be started; the log says why");
        }
    }

    /// What takes rights away from the processes here, besides what Java does: commands of the system.
    public List<String> confinement() {
        return pool.confinement();
    }

    /// Ends all processes.
    @Override
    public void close() {
        pool.close();
        try {
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            System.getLogger(Processes.class.getName()).log(System.Logger.Level.DEBUG, "an empty folder is left", left);
        }
    }
}
