package weir.cli;

import java.util.function.Function;
import weir.compile.Compiled;
import weir.graph.Graph;
import weir.model.Catalog;
import weir.source.Diagnostic;
import weir.source.Nearest;
import weir.source.Renderer;
import weir.source.Source;

/// The compiler as commands use it: with what integrations there are, and with the complaints of a text on the
/// terminal.
///
/// @param compiler never throws for a text
record Language(Catalog catalog, Function<Source, Compiled> compiler) {
    Compiled compile(Source source) {
        return compiler.apply(source);
    }

    /// Compiles what is to be run: shows its errors, and ends the command if there are any.
    Compiled sound(Source source, Terminal terminal) throws Failure {
        var compiled = compile(source);
        if (compiled.hasErrors()) {
            var errors =
                    compiled.diagnostics().stream().filter(Diagnostic::isError).toList();
            terminal.err().print(terminal.rendererErr().render(errors));
            throw Failure.failed("%s has %s.".formatted(source.name(), Renderer.summary(errors)));
        }
        return compiled;
    }

    /// The workflow that is meant: the named one, or the only one.
    static Graph workflow(Compiled compiled, @org.jspecify.annotations.Nullable String name, String file)
            throws Failure {
        var names = compiled.graphs().stream().map(Graph::workflow).toList();
        if (names.isEmpty()) {
            throw Failure.usage(file + " declares no workflow.");
        }
        if (name == null) {
            if (names.size() > 1) {
                throw Failure.usage(
                        "%s declares several workflows; say which one: %s.".formatted(file, String.join(", ", names)));
            }
            return compiled.graphs().getFirst();
        }
        var found = compiled.graph(name);
        if (found.isEmpty()) {
            String nearest = Nearest.to(name, names)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; it declares " + String.join(", ", names) + ".");
            throw Failure.usage("%s declares no workflow \"%s\"%s".formatted(file, name, nearest));
        }
        return found.get();
    }
}
