package weir.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import weir.graph.Graph;
import weir.graph.Library;
import weir.graph.TestCase;
import weir.source.Diagnostic;
import weir.syntax.Declaration;
import weir.syntax.Tree;

/// What the compiler knows of a text.
///
/// @param diagnostics in the order of the text
/// @param library the file's types, constants, functions and rule sets; empty when there are errors
/// @param graphs one a workflow, in the order of the text; empty when there are errors
/// @param tests empty when there are errors
public record Compiled(
        Tree.File tree, List<Diagnostic> diagnostics, Library library, List<Graph> graphs, List<TestCase> tests) {
    public Compiled {
        diagnostics = List.copyOf(diagnostics);
        graphs = List.copyOf(graphs);
        tests = List.copyOf(tests);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /// The names of the functions and rule sets that the text itself declares, not those it uses of other files.
    public Set<String> own() {
        var own = new HashSet<String>();
        for (var declaration : tree.declarations()) {
            switch (declaration) {
                case Declaration.Function function -> own.add(function.name().text());
                case Declaration.Rules rules -> own.add(rules.name().text());
                // Default: the names of other declarations call nothing.
                default -> {}
            }
        }
        return own;
    }

    public Optional<Graph> graph(String workflow) {
        return graphs.stream()
                .filter(graph -> graph.workflow().equals(workflow))
                .findFirst();
    }
}
