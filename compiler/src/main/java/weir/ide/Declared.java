package weir.ide;

import java.util.Optional;
import weir.syntax.Declaration;

/// Something that one document declares and others can name.
record Declared(String name, Suggestion.Kind kind, String doc) {
    static Optional<Declared> of(Declaration declaration) {
        return Optional.ofNullable(
                switch (declaration) {
                    case Declaration.TypeDeclaration it ->
                        new Declared(it.name().text(), Suggestion.Kind.TYPE, it.doc());
                    case Declaration.Constant it -> new Declared(it.name().text(), Suggestion.Kind.FUNCTION, it.doc());
                    case Declaration.Function it -> new Declared(it.name().text(), Suggestion.Kind.FUNCTION, it.doc());
                    case Declaration.Rules it -> new Declared(it.name().text(), Suggestion.Kind.FUNCTION, it.doc());
                    case Declaration.PolicyDeclaration it ->
                        new Declared(it.name().text(), Suggestion.Kind.POLICY, it.doc());
                    case Declaration.Workflow it -> new Declared(it.name().text(), Suggestion.Kind.WORKFLOW, it.doc());
                    case Declaration.Integration it ->
                        new Declared(it.name().text(), Suggestion.Kind.INTEGRATION, it.doc());
                    case Declaration.UseFile _,
                            Declaration.UseIntegration _,
                            Declaration.Settings _,
                            Declaration.Test _,
                            Declaration.Broken _ -> null;
                });
    }
}
