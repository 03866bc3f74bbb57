package weir.ide;

import java.util.List;
import java.util.Optional;
import weir.check.Checked;
import weir.check.Lookup;
import weir.compile.Compiler;
import weir.compile.Compiler.Analysis;
import weir.compile.Files;
import weir.format.Formatted;
import weir.format.Formatter;
import weir.source.Diagnostic;
import weir.source.Fix;
import weir.source.Fix.Edit;
import weir.source.Location;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Tree;

/// A text at one moment, with everything that is known about it. A change of the text is a new document.
public final class Document {
    private final Compiler compiler;
    private final Files files;
    private final Source source;
    private final Analysis analysis;
    private final Lookup lookup;
    private final List<Diagnostic> diagnostics;

    private Document(Compiler compiler, Source source, Files files) {
        this.compiler = compiler;
        this.files = files;
        this.source = source;
        this.analysis = compiler.analyze(source, files);
        this.lookup = new Lookup(analysis.checked());
        this.diagnostics = analysis.diagnostics();
    }

    /// @param files where files come from that the text uses
    public static Document of(Compiler compiler, Source source, Files files) {
        return new Document(compiler, source, files);
    }

    public Source source() {
        return source;
    }

    Tree.File tree() {
        return analysis.parsed().file();
    }

    Checked checked() {
        return analysis.checked();
    }

    Lookup lookup() {
        return lookup;
    }

    /// The same with another text, for asking what would be if.
    Document with(String text) {
        return new Document(compiler, new Source(source.name(), text), files);
    }

    /// What is wrong, in the order of the text; only what is wrong in this text itself.
    public List<Diagnostic> diagnostics() {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.at().source() == source)
                .toList();
    }

    /// What could be written at an offset, the most likely first.
    public List<Suggestion> completion(int offset) {
        return Completion.at(this, offset);
    }

    /// What stands at an offset: its type and what it means.
    public Optional<Hover> hover(int offset) {
        return Hover.at(this, offset);
    }

    /// The signature of the call that the offset is inside of.
    public Optional<SignatureHelp> signatureHelp(int offset) {
        return SignatureHelp.at(this, offset);
    }

    /// Where the name at an offset is declared.
    public Optional<Location> definition(int offset) {
        var symbol = lookup.symbolAt(offset);
        return symbol == null ? Optional.empty() : Optional.ofNullable(symbol.at());
    }

    /// Everywhere the name at an offset is used, its declaration included, in this file and those that it uses.
    public List<Location> references(int offset) {
        var symbol = lookup.symbolAt(offset);
        return symbol == null
                ? List.of()
                : lookup.uses(symbol).stream().map(Lookup.Use::at).toList();
    }

    /// The name at an offset that could be renamed, if there is one.
    public Optional<Span> renameable(int offset) {
        return Rename.span(this, offset);
    }

    /// The edits that give the name at an offset another one.
    public Rename rename(int offset, String name) {
        return Rename.at(this, offset, name);
    }

    /// What the text declares, as a tree.
    public List<Outline> outline() {
        return Outline.of(tree());
    }

    /// What can be folded away.
    public List<Folding> foldings() {
        return Folding.of(this);
    }

    /// The edit that brings the text into its canonical form; empty when it is, or cannot be read.
    public List<Edit> format() {
        Formatted formatted = Formatter.format(source);
        return formatted.text().equals(source.text())
                ? List.of()
                : List.of(new Edit(new Span(0, source.text().length()), formatted.text()));
    }

    /// A fix and the diagnostic that it is for.
    public record Action(Diagnostic diagnostic, Fix fix) {}

    /// The fixes for what is wrong inside a span.
    public List<Action> actions(Span span) {
        return diagnostics().stream()
                .filter(diagnostic -> diagnostic.at().span().start() <= span.end()
                        && span.start() <= diagnostic.at().span().end())
                .flatMap(diagnostic -> diagnostic.fixes().stream().map(fix -> new Action(diagnostic, fix)))
                .toList();
    }
}
