package weir.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiled;
import weir.eval.Datetimes;
import weir.eval.Draws;
import weir.eval.Evaluation;
import weir.eval.EvaluationError;
import weir.eval.Frame;
import weir.eval.Program;
import weir.eval.Programs;
import weir.eval.Scope;
import weir.eval.Scripts;
import weir.graph.Expr;
import weir.graph.Node;
import weir.graph.SandboxReason;
import weir.model.Builtins;
import weir.source.Diagnostic;
import weir.source.Location;
import weir.source.Source;
import weir.syntax.LoneReader;
import weir.value.RecordValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// One expression on its own, evaluated on documents. The fields of a document are names, as if they were parameters of
/// a workflow, and `input` is the whole; what is built in keeps its meaning. What a name means depends on nothing but
/// the document at hand.
final class LoneExpression {
    private static final String WHOLE = "input";
    /// Documents of so many shapes are told apart; those of others are compiled for anew.
    private static final int SHAPES = 200;

    private static final Draws DRAWS = what -> switch (what) {
        case NOW -> Value.of(Datetimes.text(InstantSource.system().instant()));
        case UUID -> Value.of(UUID.randomUUID().toString());
        case RANDOM -> Value.of(ThreadLocalRandom.current().nextDouble());
    };

    private final Source source;
    private final Language language;
    private final RecordValue settings;
    private final Scripts scripts;
    /// The words in it that may be names, so that only those fields become names.
    private final Set<String> mentioned;
    /// What became of it, by the fields that documents have of those it mentions.
    private final Map<Set<String>, Prepared> prepared = new HashMap<>();

    LoneExpression(Source source, Language language, RecordValue settings, Scripts scripts) {
        this.source = source;
        this.language = language;
        this.settings = settings;
        this.scripts = scripts;
        mentioned = LoneReader.names(source);
        mentioned.removeAll(Builtins.globals());
        mentioned.removeAll(Builtins.spaces());
        mentioned.remove(WHOLE);
    }

    /// What is wrong with the expression, or with evaluating it, told at its place.
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<Diagnostic> diagnostics;

        Wrong(List<Diagnostic> diagnostics) {
            super(diagnostics.getFirst().message());
            this.diagnostics = diagnostics;
        }

        List<Diagnostic> diagnostics() {
            return diagnostics;
        }
    }

    private record Prepared(
            Programs programs, Program program, @Nullable SandboxReason reason, List<String> names) {}

    /// A value, and how it came about.
    ///
    /// @param reason why it needed the sandbox, or null: it ran on the JVM
    /// @param operations that it took
    record Outcome(Value value, @Nullable String reason, long operations) {
        /// Where it ran and what that took, in a line.
        String explained() {
            String counted = operations == 0 && reason != null
                    ? "operations are not counted there, time and memory are"
                    : "operations: %,d".formatted(operations);
            return (reason == null ? "native; " : "in the sandbox, because of " + reason + "; ") + counted;
        }
    }

    /// @param document null when there is none
    Outcome on(@Nullable Value document) throws Wrong {
        var ready = prepare(document);
        var scope = new ArrayList<Value>();
        scope.add(document == null ? UndefinedValue.UNDEFINED : document);
        for (String name : ready.names) {
            var field = document instanceof RecordValue record ? record.get(name) : null;
            scope.add(field == null ? UndefinedValue.UNDEFINED : field);
        }
        var frame = new Frame(null, scope.size());
        for (int i = 0; i < scope.size(); i++) {
            frame.set(i, scope.get(i));
        }
        var evaluation = ready.programs.evaluation(DRAWS);
        try {
            var value = ready.program.run(frame, evaluation);
            return new Outcome(value, reason(ready, evaluation), evaluation.used());
        } catch (EvaluationError error) {
            var at = new Location(source, error.at());
            throw new Wrong(List.of(Diagnostic.error(error.code(), error.sentence(), at)));
        }
    }

    private static @Nullable String reason(Prepared ready, Evaluation evaluation) {
        return ready.reason == null ? evaluation.scriptReason() : ready.reason.what();
    }

    /// Complains of what is wrong with the expression whatever the document is.
    void check() throws Wrong {
        var names = new TreeSet<>(mentioned);
        names.add(WHOLE);
        if (language.expression(source, names).hasErrors()) {
            names.removeAll(LoneReader.reserved(source));
            var compiled = language.expression(source, names);
            if (compiled.hasErrors()) {
                throw wrong(compiled, errors -> errors);
            }
        }
    }

    private Prepared prepare(@Nullable Value document) throws Wrong {
        var names = new TreeSet<String>();
        if (document instanceof RecordValue record) {
            mentioned.stream().filter(record::has).forEach(names::add);
        }
        var known = prepared.get(names);
        if (known != null) {
            return known;
        }
        if (prepared.size() >= SHAPES) {
            prepared.clear();
        }
        var fresh = prepared(names, document);
        prepared.put(names, fresh);
        return fresh;
    }

    private Prepared prepared(Set<String> names, @Nullable Value document) throws Wrong {
        var all = new TreeSet<>(names);
        all.add(WHOLE);
        var compiled = language.expression(source, all);
        if (compiled.hasErrors()) {
            var hints = new FieldHints(source, document);
            throw wrong(compiled, hints::about);
        }
        var graph = compiled.graphs().getFirst();
        if (!(graph.body().nodes().getFirst() instanceof Node.Let(var _, var _, Expr expr, var _, var _))) {
            throw new IllegalStateException("an expression that stands alone is the value of a let");
        }
        var programs = new Programs(graph.library(), settings, scripts);
        var scope = new Scope(null);
        scope.declare(WHOLE);
        names.forEach(scope::declare);
        return new Prepared(programs, programs.compile(expr, scope), SandboxReason.of(expr), List.copyOf(names));
    }

    private static Wrong wrong(Compiled compiled, UnaryOperator<List<Diagnostic>> told) {
        return new Wrong(told.apply(
                compiled.diagnostics().stream().filter(Diagnostic::isError).toList()));
    }
}
