package weir.ide;

import java.util.Comparator;
import java.util.List;
import weir.source.Fix.Edit;
import weir.source.Span;
import weir.syntax.Declaration;

/// The `use` lines of a text.
final class Uses {
    /// The code of what says that one is needed by nothing.
    static final String UNUSED = "W2008";

    /// Files before integrations, each by name.
    static final Comparator<String> ORDER =
            Comparator.comparing((String use) -> !use.startsWith("use \"")).thenComparing(use -> use);

    private Uses() {}

    static List<Span> of(Document document) {
        return document.tree().declarations().stream()
                .filter(declaration ->
                        declaration instanceof Declaration.UseFile || declaration instanceof Declaration.UseIntegration)
                .map(Declaration::span)
                .toList();
    }

    /// The edit that makes the text use a file too.
    static Edit adding(Document document, String path) {
        String line = "use \"" + path + "\"";
        List<Span> uses = of(document);
        return uses.isEmpty()
                ? new Edit(new Span(0, 0), line + "\n\n")
                : new Edit(new Span(uses.getLast().end(), uses.getLast().end()), "\n" + line);
    }
}
