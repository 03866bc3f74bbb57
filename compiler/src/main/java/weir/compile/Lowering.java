package weir.compile;

import java.util.ArrayList;
import java.util.List;
import weir.check.Checked;
import weir.check.Declarations;
import weir.graph.Graph;
import weir.graph.Library;
import weir.graph.Node;
import weir.graph.TestCase;
import weir.model.Type;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Head;

/// A checked file without errors to graphs, its library and its tests.
final class Lowering {
    private final Checked checked;
    private final LibraryLowering library;

    Lowering(Checked checked) {
        this.checked = checked;
        this.library = new LibraryLowering(checked);
    }

    Library library() {
        return library.all();
    }

    List<Graph> graphs() {
        var graphs = new ArrayList<Graph>();
        for (Declaration declaration : checked.file().declarations()) {
            if (declaration instanceof Declaration.Workflow workflow) {
                var declared =
                        checked.declarations().workflows().get(workflow.name().text());
                if (declared != null) {
                    graphs.add(graph(declared));
                }
            }
        }
        return graphs;
    }

    List<TestCase> tests() {
        var lowering = new TestLowering(checked);
        var tests = new ArrayList<TestCase>();
        for (Declaration declaration : checked.file().declarations()) {
            if (declaration instanceof Declaration.Test test) {
                tests.add(lowering.lower(test));
            }
        }
        return tests;
    }

    private Graph graph(Declarations.Workflow workflow) {
        var reach = new Reach();
        var statements = new StatementLowering(checked, reach);
        var heads = new HeadLowering(checked, reach, statements);
        Declaration.Workflow tree = workflow.tree();
        String name = tree.name().text();
        Type result = reach.type(checked.result(name));
        LibraryLowering.parameters(workflow.parameters(), reach);
        var ids = Ids.root();
        Node.Block body = statements.block(tree.body(), ids);
        Node.Block onFailure = null;
        for (Head head : tree.heads()) {
            if (head instanceof Head.OnFailure failure) {
                onFailure = statements.block(failure.block(), ids.inside(ids.next("on_failure")));
            }
        }
        return new Graph(
                Graph.LEVEL,
                name,
                tree.doc(),
                workflow.parameters(),
                result,
                library.reached(reach),
                heads.starts(tree),
                heads.limits(tree),
                body,
                onFailure,
                tree.span());
    }
}
