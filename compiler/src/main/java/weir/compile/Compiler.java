package weir.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import weir.check.Availability;
import weir.check.Checked;
import weir.check.Checker;
import weir.graph.Library;
import weir.model.Catalog;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.syntax.LoneReader;
import weir.syntax.Parsed;
import weir.syntax.Parser;
import weir.syntax.Tree;

/// Text to graphs: parse, check, lower.
public final class Compiler {
    private final Checker checker;

    public Compiler(Catalog catalog) {
        this(catalog, Availability.NOW);
    }

    /// @param availability which forms of the language are allowed to reach a graph
    public Compiler(Catalog catalog, Availability availability) {
        this.checker = new Checker(catalog, availability);
    }

    /// Everything that can be found out about a text. Never throws for a text.
    public Compiled compile(Source source, Files files) {
        return compile(analyze(source, files));
    }

    /// The same up to the check, for editors.
    public Analysis analyze(Source source, Files files) {
        Parsed parsed = Parser.parse(source);
        Imports imports = Imports.of(parsed.file(), files);
        Checked checked = checker.check(parsed.file(), imports.files());
        return new Analysis(parsed, imports, checked, new MissingUses(parsed.file(), files));
    }

    /// A text that is one expression, as the value of a `let` in the only workflow; the fields of a document are
    /// its parameters.
    ///
    /// @param names of the fields, also such that are words of the language
    public Compiled expression(Source source, Set<String> names) {
        Parsed parsed = LoneReader.parse(source, names);
        Imports imports = Imports.of(parsed.file(), Files.NONE);
        Checked checked = checker.check(parsed.file(), imports.files());
        return compile(new Analysis(parsed, imports, checked, new MissingUses(parsed.file(), Files.NONE)));
    }

    /// A text with what it means.
    ///
    /// @param missing the files beside it that may declare what it misses
    public record Analysis(Parsed parsed, Imports imports, Checked checked, MissingUses missing) {
        /// In the order of the text.
        public List<Diagnostic> diagnostics() {
            var all = new ArrayList<Diagnostic>(parsed.diagnostics());
            all.addAll(imports.diagnostics());
            all.addAll(Reports.without(checked.problems(), parsed, missing));
            return Reports.inOrder(all, parsed.file().source());
        }
    }

    /// The rest of the way, for a text that was looked at already.
    public static Compiled compile(Analysis analysis) {
        Tree.File file = analysis.parsed().file();
        List<Diagnostic> diagnostics = analysis.diagnostics();
        if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
            return new Compiled(file, diagnostics, Library.EMPTY, List.of(), List.of());
        }
        var lowering = new Lowering(analysis.checked());
        return new Compiled(file, diagnostics, lowering.library(), lowering.graphs(), lowering.tests());
    }
}
