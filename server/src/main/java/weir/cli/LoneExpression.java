package weir.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
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
import weir.source.Fix;
import weir.source.Location;
import weir.source.Source;
import weir.source.Span;
import weir.value.RecordValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// One expression on its own, evaluated on documents. The fields of a document are names, as if they were parameters of
/// a workflow, and `input` is the whole; what is built in keeps its meaning.
final class LoneExpression {
    private static final String WHOLE = "input";
    /// What the expression is called in the text that is compiled; nobody calls a field so.
    private static final String RESULT = "_result_of_the_expression_";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Draws DRAWS = what -> switch (what) {
        case NOW -> Value.of(Datetimes.text(InstantSource.system().instant()));
        case UUID -> Value.of(UUID.randomUUID().toString());
        case RANDOM -> Value.of(ThreadLocalRandom.current().nextDouble());
    };

    private final Source source;
    private final Language language;
    private final RecordValue settings;
    private final Scripts scripts;
    /// The identifiers in it, so that only those fields become names that may be meant.
    private final Set<String> mentioned = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();
    private @Nullable Prepared prepared;

    LoneExpression(Source source, Language language, RecordValue settings, Scripts scripts) {
        this.source = source;
        this.language = language;
        this.settings = settings;
        this.scripts = scripts;
        var all = NAME.matcher(source.text());
        while (all.find()) {
            mentioned.add(all.group());
        }
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
    record Outcome(Value value, @Nullable String reason, long operations) {}

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
            var at = new Location(source, moved(error.at(), before().length()));
            throw new Wrong(List.of(Diagnostic.error(error.code(), error.sentence(), at)));
        }
    }

    private static @Nullable String reason(Prepared ready, Evaluation evaluation) {
        return ready.reason == null ? evaluation.scriptReason() : ready.reason.what();
    }

    /// Compiles it again when the document has fields that earlier ones did not have.
    private Prepared prepare(@Nullable Value document) throws Wrong {
        boolean more = false;
        if (document instanceof RecordValue record) {
            for (String name : mentioned) {
                more |= record.has(name) && names.add(name);
            }
        }
        var known = prepared;
        if (known != null && !more) {
            return known;
        }
        var fresh = compiled();
        prepared = fresh;
        return fresh;
    }

    private String before() {
        var parameters = new StringBuilder(WHOLE + ": json");
        names.forEach(name -> parameters.append(", ").append(name).append(": json"));
        return "workflow eval(" + parameters + ") {\n  let " + RESULT + " = ";
    }

    private Prepared compiled() throws Wrong {
        var before = before();
        var compiled = language.compile(new Source(source.name(), before + source.text() + "\n}\n"));
        if (compiled.hasErrors()) {
            throw new Wrong(compiled.diagnostics().stream()
                    .filter(Diagnostic::isError)
                    .map(diagnostic -> moved(diagnostic, before.length()))
                    .toList());
        }
        var expr = expr(compiled)
                .orElseThrow(() -> new Wrong(List.of(Diagnostic.error(
                        "W1106",
                        "This is more than one expression.",
                        new Location(source, new Span(0, source.text().length()))))));
        var programs = new Programs(compiled.graphs().getFirst().library(), settings, scripts);
        var scope = new Scope(null);
        scope.declare(WHOLE);
        names.forEach(scope::declare);
        return new Prepared(programs, programs.compile(expr, scope), SandboxReason.of(expr), List.copyOf(names));
    }

    private static Optional<Expr> expr(Compiled compiled) {
        var nodes = compiled.graphs().getFirst().body().nodes();
        boolean one =
                compiled.graphs().size() == 1 && compiled.tree().declarations().size() == 1 && nodes.size() == 1;
        return one && nodes.getFirst() instanceof Node.Let let ? Optional.of(let.value()) : Optional.empty();
    }

    // ---- places: as if the expression stood alone, because that is what the user sees

    private Diagnostic moved(Diagnostic diagnostic, int by) {
        var related = diagnostic.related().stream()
                .filter(other -> isInside(other.at().span(), by))
                .map(other -> new Diagnostic.Related(
                        new Location(source, moved(other.at().span(), by)), other.message()))
                .toList();
        var fixes = diagnostic.fixes().stream()
                .filter(fix -> fix.edits().stream().allMatch(edit -> isInside(edit.span(), by)))
                .map(fix -> new Fix(
                        fix.title(),
                        fix.edits().stream()
                                .map(edit -> new Fix.Edit(moved(edit.span(), by), edit.text()))
                                .toList()))
                .toList();
        return new Diagnostic(
                diagnostic.code(),
                diagnostic.severity(),
                diagnostic.message(),
                new Location(source, moved(diagnostic.at().span(), by)),
                related,
                diagnostic.hint(),
                fixes);
    }

    private boolean isInside(Span span, int by) {
        return span.start() >= by && span.end() <= by + source.text().length();
    }

    private Span moved(Span span, int by) {
        int length = source.text().length();
        int start = Math.clamp(span.start() - (long) by, 0, length);
        return new Span(start, Math.clamp(span.end() - (long) by, start, length));
    }
}
