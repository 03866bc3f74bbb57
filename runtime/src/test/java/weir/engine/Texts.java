package weir.engine;

import weir.check.Availability;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.eval.EvaluationError;
import weir.eval.Scripts;
import weir.model.StandardCatalog;
import weir.source.Source;
import weir.source.Span;
import weir.value.RecordValue;

/// Plans of texts.
public final class Texts {
    /// A sandbox for tests that need none.
    public static final Scripts NO_SCRIPTS = (body, parameters, arguments) -> {
        throw new EvaluationError("script_error", "there are no scripts here", Span.NONE);
    };

    private Texts() {}

    /// The plan of the first workflow of a text, also with forms that the compiler does not let through yet.
    public static Plan plan(String text) {
        var source = new Source("test.weir", text);
        var compiled = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING).compile(source, Files.NONE);
        if (compiled.hasErrors()) {
            throw new IllegalArgumentException(compiled.diagnostics().toString());
        }
        return Plan.of(compiled.graphs().getFirst(), RecordValue.EMPTY, NO_SCRIPTS, source);
    }
}
