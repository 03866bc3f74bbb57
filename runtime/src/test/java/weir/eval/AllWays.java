package weir.eval;

import java.util.List;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.graph.Expr;
import weir.graph.Library;
import weir.model.StandardCatalog;
import weir.source.Source;
import weir.source.Span;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// Evaluates expressions in every way that there is. A result is the value's exact text, or `!` and the kind of
/// failure.
final class AllWays {
    /// What native code gives where only the sandbox knows the answer, so that there is nothing to compare.
    static final String NOT_NATIVE = "! not native";

    /// What expressions can call.
    private static final String FILE = """
            function pair(x: json, y: json) -> json = [x, y]
            function doubled(x: number) -> number = x * 2
            rules size(total: number) -> string first {
              when total > 10 then "large"
              else "small"
            }
            """;

    private final Programs programs;
    private final Programs alone;

    AllWays(Scripts sandbox) {
        var library = library();
        this.programs = new Programs(library, RecordValue.EMPTY, sandbox);
        this.alone = new Programs(library, RecordValue.EMPTY, new NoScripts());
    }

    private static final class NoScripts implements Scripts {
        @Override
        public Value run(String body, List<String> parameters, List<Value> arguments) {
            throw new EvaluationError("not native", "this needs the sandbox", Span.NONE);
        }

        @Override
        public Value run(Script script, List<Value> arguments, Host host) {
            return run(script.body(), script.parameters(), arguments);
        }
    }

    private static Library library() {
        var compiled = new Compiler(StandardCatalog.catalog()).compile(new Source("all.weir", FILE), Files.NONE);
        if (!compiled.diagnostics().isEmpty()) {
            throw new IllegalStateException(compiled.diagnostics().toString());
        }
        return compiled.library();
    }

    /// @param closures what closures gave
    /// @param bytecode what bytecode gave instead; empty when it gave the same
    /// @param script what the sandbox gave
    record Outcome(String closures, String bytecode, String script) {
        boolean agrees() {
            return bytecode.isEmpty()
                    && (closures.equals(script) || closures.equals(NOT_NATIVE) || isLimit(closures) || isLimit(script));
        }
    }

    /// Limits count other things on either side.
    static boolean isLimit(String outcome) {
        return outcome.startsWith("! limit_");
    }

    /// An expression, compiled.
    interface Compiled {
        String run(List<Value> values);
    }

    /// The expression in native code; what it cannot do is [#NOT_NATIVE].
    Compiled closures(Expr expr, List<String> names) {
        var scope = new Scope(null);
        var places = names.stream().map(scope::declare).toList();
        var program = alone.compile(expr, scope);
        return values -> {
            var frame = new Frame(null, names.size());
            for (int i = 0; i < names.size(); i++) {
                frame.set(places.get(i), values.get(i));
            }
            try {
                return Json.exactText(program.run(frame, ExpressionCases.evaluation()));
            } catch (EvaluationError error) {
                return "! " + error.code();
            }
        };
    }

    /// The expression in a script of its own.
    String script(Case test) {
        var scope = new Scope(null);
        var frame = new Frame(null, test.names().size());
        for (int i = 0; i < test.names().size(); i++) {
            frame.set(scope.declare(test.names().get(i)), test.values().get(i));
        }
        var unit = new Unit();
        var code = ScriptCode.of(test.expr(), null, new Translation(programs, scope, unit, null));
        try {
            return Json.exactText(code.run(unit.activation(frame, ExpressionCases.evaluation())));
        } catch (EvaluationError error) {
            return "! " + error.code();
        }
    }

    Outcome run(Case test) {
        var closures = closures(test.expr(), test.names()).run(test.values());
        var bytecode =
                isLimit(closures) ? List.<String>of() : bytecode(test.expr(), test.names(), List.of(test.values()));
        return new Outcome(closures, String.join("; ", bytecode), script(test));
    }

    /// Where bytecode gives something else than closures: another value, or another code, sentence or place of a
    /// failure.
    List<String> bytecode(Expr expr, List<String> names, List<List<Value>> inputs) {
        try {
            return new EmittedWay(alone, expr, names).disagreements(inputs);
        } catch (NotNative reason) {
            return List.of();
        }
    }

    /// What the sandbox gives for all of them; one by one when that does not work for all at once.
    List<String> scripts(List<Case> cases) {
        try {
            return new Batch(cases).run(programs);
        } catch (EvaluationError tooMuch) {
            return cases.stream().map(this::script).toList();
        }
    }
}
