package weir.lsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightKind;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintKind;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import weir.ide.Folding;
import weir.ide.Highlight;
import weir.ide.Lens;
import weir.ide.Outline;
import weir.ide.Project;
import weir.ide.Suggestion;
import weir.source.Fix.Edit;
import weir.source.Source;
import weir.source.Span;

/// The editor's data in the protocol's words. The protocol counts lines from 0, we from 1.
///
/// @param encoding how the client counts the characters of a line
/// @param snippets whether it can fill in places of what it inserts
record Translation(Encoding encoding, boolean snippets) {
    int offset(Source source, Position position) {
        if (position.getLine() >= source.lineCount()) {
            return source.text().length();
        }
        int line = Math.max(0, position.getLine()) + 1;
        int start = source.offset(new weir.source.Position(line, 1));
        return start + encoding.offset(source.line(line), Math.max(0, position.getCharacter()));
    }

    Span span(Source source, Range range) {
        int start = offset(source, range.getStart());
        return new Span(start, Math.max(start, offset(source, range.getEnd())));
    }

    Position position(Source source, int offset) {
        var position = source.position(offset);
        int column = position.column() - 1;
        if (encoding == Encoding.UTF16) {
            return new Position(position.line() - 1, column);
        }
        int start = Math.min(offset, source.text().length()) - column;
        return new Position(
                position.line() - 1, encoding.units(source.text().substring(start, start + column), column));
    }

    Range range(Source source, Span span) {
        return new Range(position(source, span.start()), position(source, span.end()));
    }

    /// Sources are named by their URI.
    Location location(weir.source.Location location) {
        return new Location(location.source().name(), range(location.source(), location.span()));
    }

    Diagnostic diagnostic(weir.source.Diagnostic diagnostic) {
        String hint = diagnostic.hint() == null ? "" : "\n" + diagnostic.hint();
        var translated = new Diagnostic(
                range(diagnostic.at().source(), diagnostic.at().span()),
                diagnostic.message() + hint,
                Kinds.severity(diagnostic.severity()),
                "weir",
                diagnostic.code());
        translated.setRelatedInformation(diagnostic.related().stream()
                .map(related -> new DiagnosticRelatedInformation(location(related.at()), related.message()))
                .toList());
        boolean idle = diagnostic.code().equals("W2008") || diagnostic.code().equals("W2401");
        translated.setTags(idle ? List.of(DiagnosticTag.Unnecessary) : null);
        return translated;
    }

    TextEdit edit(Source source, Edit edit) {
        return new TextEdit(range(source, edit.span()), edit.text());
    }

    List<TextEdit> edits(Source source, List<Edit> edits) {
        return edits.stream().map(edit -> edit(source, edit)).toList();
    }

    WorkspaceEdit edits(Map<Source, List<Edit>> edits) {
        Map<String, List<TextEdit>> changes = new LinkedHashMap<>();
        edits.forEach((source, all) -> changes.put(source.name(), edits(source, all)));
        return new WorkspaceEdit(changes);
    }

    CompletionItem item(Source source, Suggestion suggestion, int rank) {
        var item = new CompletionItem(suggestion.label());
        item.setKind(Kinds.completion(suggestion.kind()));
        item.setDetail(suggestion.detail().isEmpty() ? null : suggestion.detail());
        item.setDocumentation(suggestion.doc().isEmpty() ? null : Either.forRight(markdown(suggestion.doc())));
        boolean fills = snippets && !suggestion.snippet().isEmpty();
        String text = fills ? suggestion.snippet() : suggestion.insert();
        item.setInsertTextFormat(fills ? InsertTextFormat.Snippet : InsertTextFormat.PlainText);
        item.setTextEdit(Either.forLeft(new TextEdit(range(source, suggestion.replace()), text)));
        item.setAdditionalTextEdits(suggestion.also().isEmpty() ? null : edits(source, suggestion.also()));
        item.setFilterText(suggestion.label());
        // The order says what is likely; clients would sort by name.
        item.setSortText("%04d".formatted(rank));
        return item;
    }

    static MarkupContent markdown(String text) {
        return new MarkupContent(MarkupKind.MARKDOWN, text);
    }

    Hover hover(Source source, weir.ide.Hover hover) {
        return new Hover(markdown(hover.markdown()), range(source, hover.at()));
    }

    SignatureHelp signature(weir.ide.SignatureHelp help) {
        var information = new SignatureInformation(help.label());
        information.setDocumentation(help.doc().isEmpty() ? null : Either.forRight(markdown(help.doc())));
        information.setParameters(
                help.parameters().stream().map(ParameterInformation::new).toList());
        // Past the last parameter nothing is marked.
        int active = help.active() < 0 ? help.parameters().size() : help.active();
        return new SignatureHelp(List.of(information), 0, active);
    }

    DocumentHighlight highlight(Source source, Highlight highlight) {
        return new DocumentHighlight(
                range(source, highlight.at()),
                highlight.declares() ? DocumentHighlightKind.Write : DocumentHighlightKind.Read);
    }

    DocumentSymbol symbol(Source source, Outline outline) {
        var symbol = new DocumentSymbol(
                outline.label().isEmpty() ? "?" : outline.label(),
                Kinds.symbol(outline.kind()),
                range(source, outline.at().to(outline.name())),
                range(source, outline.name()),
                outline.detail());
        symbol.setChildren(new ArrayList<>(
                outline.inside().stream().map(inner -> symbol(source, inner)).toList()));
        return symbol;
    }

    WorkspaceSymbol symbol(Project.Found found) {
        var outline = found.outline();
        return new WorkspaceSymbol(
                outline.label().isEmpty() ? "?" : outline.label(),
                Kinds.symbol(outline.kind()),
                Either.forLeft(new Location(found.source().name(), range(found.source(), outline.name()))),
                found.container().isEmpty() ? null : found.container());
    }

    FoldingRange folding(Folding folding) {
        var range = new FoldingRange(folding.from() - 1, folding.to() - 1);
        range.setKind(folding.comment() ? FoldingRangeKind.Comment : FoldingRangeKind.Region);
        return range;
    }

    SelectionRange selection(Source source, List<Span> spans) {
        SelectionRange outer = null;
        for (Span span : spans.reversed()) {
            outer = new SelectionRange(range(source, span), outer);
        }
        return outer == null ? new SelectionRange(range(source, new Span(0, 0)), null) : outer;
    }

    InlayHint hint(Source source, weir.ide.InlayHint hint) {
        var translated = new InlayHint(position(source, hint.offset()), Either.forLeft(hint.label()));
        boolean type = hint.kind() == weir.ide.InlayHint.Kind.TYPE;
        translated.setKind(type ? InlayHintKind.Type : InlayHintKind.Parameter);
        translated.setTooltip(markdown("```weir\n" + hint.whole() + "\n```"));
        translated.setPaddingRight(!type);
        return translated;
    }

    CodeAction action(Source source, weir.ide.CodeAction action) {
        var translated = new CodeAction(action.title());
        translated.setKind(
                switch (action.kind()) {
                    case FIX -> CodeActionKind.QuickFix;
                    case FIX_ALL -> CodeActionKind.QuickFix;
                    case EXTRACT -> CodeActionKind.RefactorExtract;
                    case REWRITE -> CodeActionKind.RefactorRewrite;
                    case ORGANISE -> CodeActionKind.SourceOrganizeImports;
                });
        if (action.diagnostic() != null) {
            translated.setDiagnostics(List.of(diagnostic(action.diagnostic())));
        }
        translated.setIsPreferred(action.preferred() ? true : null);
        translated.setEdit(edits(Map.of(source, action.edits())));
        return translated;
    }

    CodeLens lens(Source source, Lens lens) {
        var command = switch (lens.kind()) {
            case TEST -> new Command("Run test", "weir.runTest", List.of(source.name(), lens.name()));
            case WORKFLOW -> new Command("Show graph", "weir.showGraph", List.of(source.name(), lens.name()));
        };
        return new CodeLens(range(source, lens.at()), command, null);
    }

    DocumentLink link(Source source, Span at, String target) {
        return new DocumentLink(range(source, at), target);
    }
}
