package weir.lsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import weir.ide.Folding;
import weir.ide.Outline;
import weir.ide.Suggestion;
import weir.source.Fix.Edit;
import weir.source.Severity;
import weir.source.Source;
import weir.source.Span;

/// The editor's data in the protocol's words. Both count UTF-16; the protocol begins at 0, we at 1.
final class Translation {
    private Translation() {}

    static int offset(Source source, Position position) {
        return source.offset(new weir.source.Position(position.getLine() + 1, position.getCharacter() + 1));
    }

    static Span span(Source source, Range range) {
        int start = offset(source, range.getStart());
        return new Span(start, Math.max(start, offset(source, range.getEnd())));
    }

    static Position position(Source source, int offset) {
        var position = source.position(offset);
        return new Position(position.line() - 1, position.column() - 1);
    }

    static Range range(Source source, Span span) {
        return new Range(position(source, span.start()), position(source, span.end()));
    }

    /// Sources are named by their URI.
    static Location location(weir.source.Location location) {
        return new Location(location.source().name(), range(location.source(), location.span()));
    }

    static Diagnostic diagnostic(weir.source.Diagnostic diagnostic) {
        String hint = diagnostic.hint() == null ? "" : "\n" + diagnostic.hint();
        var translated = new Diagnostic(
                range(diagnostic.at().source(), diagnostic.at().span()),
                diagnostic.message() + hint,
                severity(diagnostic.severity()),
                "weir",
                diagnostic.code());
        translated.setRelatedInformation(diagnostic.related().stream()
                .map(related -> new DiagnosticRelatedInformation(location(related.at()), related.message()))
                .toList());
        boolean idle = diagnostic.code().equals("W2008") || diagnostic.code().equals("W2401");
        translated.setTags(idle ? List.of(DiagnosticTag.Unnecessary) : null);
        return translated;
    }

    private static DiagnosticSeverity severity(Severity severity) {
        return switch (severity) {
            case ERROR -> DiagnosticSeverity.Error;
            case WARNING -> DiagnosticSeverity.Warning;
            case INFO -> DiagnosticSeverity.Information;
            case HINT -> DiagnosticSeverity.Hint;
        };
    }

    static TextEdit edit(Source source, Edit edit) {
        return new TextEdit(range(source, edit.span()), edit.text());
    }

    static WorkspaceEdit edits(Map<Source, List<Edit>> edits) {
        Map<String, List<TextEdit>> changes = new LinkedHashMap<>();
        edits.forEach((source, all) -> changes.put(
                source.name(), all.stream().map(edit -> edit(source, edit)).toList()));
        return new WorkspaceEdit(changes);
    }

    static CompletionItem item(Source source, Suggestion suggestion, int rank) {
        var item = new CompletionItem(suggestion.label());
        item.setKind(kind(suggestion.kind()));
        item.setDetail(suggestion.detail().isEmpty() ? null : suggestion.detail());
        item.setDocumentation(suggestion.doc().isEmpty() ? null : Either.forRight(markdown(suggestion.doc())));
        item.setTextEdit(Either.forLeft(new TextEdit(range(source, suggestion.replace()), suggestion.insert())));
        item.setFilterText(suggestion.label());
        // The order says what is likely; clients would sort by name.
        item.setSortText("%04d".formatted(rank));
        return item;
    }

    private static CompletionItemKind kind(Suggestion.Kind kind) {
        return switch (kind) {
            case KEYWORD -> CompletionItemKind.Keyword;
            case VALUE -> CompletionItemKind.Variable;
            case FIELD -> CompletionItemKind.Field;
            case FUNCTION, ACTION, WORKFLOW -> CompletionItemKind.Function;
            case METHOD -> CompletionItemKind.Method;
            case NAMESPACE, INTEGRATION -> CompletionItemKind.Module;
            case ARGUMENT -> CompletionItemKind.Property;
            case TYPE -> CompletionItemKind.Class;
            case LITERAL -> CompletionItemKind.EnumMember;
            case POLICY -> CompletionItemKind.Struct;
            case TRIGGER -> CompletionItemKind.Event;
        };
    }

    static MarkupContent markdown(String text) {
        return new MarkupContent(MarkupKind.MARKDOWN, text);
    }

    static Hover hover(Source source, weir.ide.Hover hover) {
        return new Hover(markdown(hover.markdown()), range(source, hover.at()));
    }

    static SignatureHelp signature(weir.ide.SignatureHelp help) {
        var information = new SignatureInformation(help.label());
        information.setDocumentation(help.doc().isEmpty() ? null : Either.forRight(markdown(help.doc())));
        information.setParameters(
                help.parameters().stream().map(ParameterInformation::new).toList());
        // Past the last parameter nothing is marked.
        int active = help.active() < 0 ? help.parameters().size() : help.active();
        return new SignatureHelp(List.of(information), 0, active);
    }

    static DocumentSymbol symbol(Source source, Outline outline) {
        var symbol = new DocumentSymbol(
                outline.label().isEmpty() ? "?" : outline.label(),
                kind(outline.kind()),
                range(source, outline.at().to(outline.name())),
                range(source, outline.name()),
                outline.detail());
        symbol.setChildren(new ArrayList<>(
                outline.inside().stream().map(inner -> symbol(source, inner)).toList()));
        return symbol;
    }

    private static SymbolKind kind(Outline.Kind kind) {
        return switch (kind) {
            case TYPE -> SymbolKind.Struct;
            case FIELD -> SymbolKind.Field;
            case CONSTANT -> SymbolKind.Constant;
            case SETTINGS -> SymbolKind.Object;
            case FUNCTION, ACTION -> SymbolKind.Function;
            case POLICY -> SymbolKind.Property;
            case RULES -> SymbolKind.Enum;
            case WORKFLOW -> SymbolKind.Class;
            case STEP -> SymbolKind.Event;
            case VALUE -> SymbolKind.Variable;
            case INTEGRATION -> SymbolKind.Module;
            case TEST -> SymbolKind.Method;
        };
    }

    static FoldingRange folding(Folding folding) {
        var range = new FoldingRange(folding.from() - 1, folding.to() - 1);
        range.setKind(folding.comment() ? FoldingRangeKind.Comment : FoldingRangeKind.Region);
        return range;
    }
}
