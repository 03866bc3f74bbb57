package weir.ide;

import java.util.List;
import java.util.stream.Stream;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Tree;

/// Something that can be run.
///
/// @param name the workflow's name or the test's title
/// @param at where it is named
public record Lens(Kind kind, String name, Span at) {
    /// What is run.
    public enum Kind {
        TEST,
        WORKFLOW
    }

    static List<Lens> of(Tree.File file) {
        return file.declarations().stream()
                .flatMap(declaration -> switch (declaration) {
                    case Declaration.Test test -> Stream.of(new Lens(Kind.TEST, test.title(), test.titleSpan()));
                    case Declaration.Workflow workflow ->
                        Stream.of(new Lens(
                                Kind.WORKFLOW,
                                workflow.name().text(),
                                workflow.name().span()));
                    case Declaration.UseFile _,
                            Declaration.UseIntegration _,
                            Declaration.TypeDeclaration _,
                            Declaration.Constant _,
                            Declaration.Settings _,
                            Declaration.Function _,
                            Declaration.PolicyDeclaration _,
                            Declaration.Rules _,
                            Declaration.Integration _,
                            Declaration.Broken _ -> Stream.<Lens>of();
                })
                .toList();
    }
}
