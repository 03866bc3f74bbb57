package weir.ide;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.check.Checked;
import weir.check.Lookup;
import weir.compile.Compiler;
import weir.compile.Compiler.Analysis;
import weir.compile.Files;
import weir.source.Diagnostic;
import weir.source.Fix.Edit;
import weir.source.Location;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Parsed;
import weir.syntax.Parser;
import weir.syntax.Tree;

/// A text at one moment, with everything that is known about it. A change of the text is a new document. What is asked
/// is found out when it is first needed, and kept.
public final class Document {
    private final Compiler compiler;
    private final Files files;
    private final Source source;
    /// The documents that were looked for as used ones, by name; null for what was not there.
    private final Map<String, @Nullable Source> used = Collections.synchronizedMap(new HashMap<>());
    private final Once<Analysis> analysis;
    private final Once<List<Declaration>> declarations;
    private final Once<Lookup> lookup;
    private final Once<List<Diagnostic>> diagnostics;
    private final Once<List<SemanticToken>> tokens;

    private Document(Compiler compiler, Source source, Files files) {
        this.compiler = compiler;
        this.files = files;
        this.source = source;
        this.analysis = new Once<>(() -> compiler.analyze(source, this::used));
        this.declarations = new Once<>(() -> analysis.isKnown()
                ? tree().declarations()
                : Parser.parse(source).file().declarations());
        this.lookup = new Once<>(() -> new Lookup(analysis.get().checked()));
        this.diagnostics = new Once<>(() -> analysis.get().diagnostics().stream()
                .filter(diagnostic -> diagnostic.at().source() == source)
                .toList());
        this.tokens = new Once<>(() -> SemanticToken.of(this));
    }

    /// @param files where files come from that the text uses
    public static Document of(Compiler compiler, Source source, Files files) {
        return new Document(compiler, source, files);
    }

    public Source source() {
        return source;
    }

    private @Nullable Source used(String path) {
        Source found = files.find(path);
        used.put(Project.beside(source.name(), path), found);
        return found;
    }

    /// Whether another text under that name could change what is known about this one.
    boolean mayUse(String name) {
        return analysis.isKnown() && used.containsKey(name);
    }

    /// Whether it uses that document, directly or not.
    boolean uses(String name) {
        analysis.get();
        return used.containsKey(name);
    }

    /// Whether what it uses is still what it was.
    boolean isCurrent(Function<String, @Nullable Source> now) {
        var then = new HashMap<String, @Nullable Source>();
        synchronized (used) {
            then.putAll(used);
        }
        return then.entrySet().stream().allMatch(entry -> now.apply(entry.getKey()) == entry.getValue());
    }

    Parsed parsed() {
        return analysis.get().parsed();
    }

    Tree.File tree() {
        return analysis.get().parsed().file();
    }

    /// What it declares; found out without a check where there was none.
    List<Declaration> declarations() {
        return declarations.get();
    }

    Checked checked() {
        return analysis.get().checked();
    }

    Lookup lookup() {
        return lookup.get();
    }

    /// A document that this one uses, by its name.
    Optional<Source> usedFile(String name) {
        analysis.get();
        return Optional.ofNullable(used.get(name));
    }

    /// The text that a piece of a tree stands in.
    Optional<Source> sourceOf(Object piece) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(tree()), analysis.get().imports().files().stream())
                .filter(file -> lookup().isIn(piece, file))
                .map(Tree.File::source)
                .findFirst();
    }

    /// Whether the text can be read from end to end.
    boolean isReadable() {
        return analysis.get().parsed().diagnostics().stream().noneMatch(Diagnostic::isError);
    }

    /// The same with another text, for asking what would be if.
    Document with(String text) {
        return new Document(compiler, new Source(source.name(), text), files);
    }

    /// What is wrong, in the order of the text; only what is wrong in this text itself.
    public List<Diagnostic> diagnostics() {
        return diagnostics.get();
    }

    // ---- about a place

    /// What could be written at an offset, the most likely first.
    public List<Suggestion> completion(int offset) {
        return Completion.at(this, List::of, offset);
    }

    /// The same, also with what other documents declare that this one does not use yet.
    ///
    /// @param around the documents of the project, asked for only where they matter
    public List<Suggestion> completion(int offset, Supplier<List<Document>> around) {
        return Completion.at(this, around, offset);
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
        return Definition.at(this, offset);
    }

    /// Everywhere the name at an offset is used, its declaration included, in this file and those that it uses.
    public List<Location> references(int offset) {
        var symbol = lookup().symbolAt(offset);
        return symbol == null
                ? List.of()
                : lookup().uses(symbol).stream().map(Lookup.Use::at).toList();
    }

    /// Everywhere the name at an offset is used, in the documents of a project too that use this one.
    public List<Location> references(int offset, Project project) {
        return References.of(this, offset, project).stream().map(Lookup.Use::at).toList();
    }

    /// The places of the name at an offset in this text.
    public List<Highlight> highlights(int offset) {
        return Highlight.at(this, offset);
    }

    /// The name at an offset that could be renamed, if there is one.
    public Optional<Span> renameable(int offset) {
        return Rename.span(this, offset);
    }

    /// The edits that give the name at an offset another one, wherever it is used.
    public Rename rename(int offset, String name, Project project) {
        return Rename.at(this, offset, name, project);
    }

    /// The stretches around an offset, each inside the next, from a word to the whole text.
    public List<Span> selections(int offset) {
        return Selection.around(this, offset);
    }

    // ---- about a stretch

    /// What could be changed at a place: fixes for what is wrong there, and other ways of writing it.
    public List<CodeAction> actions(Span span) {
        return CodeActions.at(this, span);
    }

    /// What is not written and could help a reader.
    public List<InlayHint> hints(Span span) {
        return InlayHint.in(this, span);
    }

    /// The edits that bring what stands in a stretch into its canonical form.
    public List<Edit> format(Span span) {
        return Formatting.range(this, span);
    }

    /// The edits after a character was typed.
    ///
    /// @param offset behind it
    public List<Edit> formatTyped(int offset, char typed) {
        return TypedFormatting.after(this, offset, typed);
    }

    // ---- about the whole

    /// The edits that bring the text into its canonical form; none when it is, or cannot be read.
    public List<Edit> format() {
        return Formatting.whole(this);
    }

    /// What the text declares, as a tree.
    public List<Outline> outline() {
        return Outline.of(tree());
    }

    /// What can be folded away.
    public List<Folding> foldings() {
        return Folding.of(this);
    }

    /// What the words of the text are, in order.
    public List<SemanticToken> tokens() {
        return tokens.get();
    }

    /// What can be done with a declaration as a whole.
    public List<Lens> lenses() {
        return Lens.of(tree());
    }

    /// The other documents that the text names, by their places.
    public Map<Span, String> links() {
        return Definition.links(this);
    }
}
