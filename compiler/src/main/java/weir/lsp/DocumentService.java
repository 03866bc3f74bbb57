package weir.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentOnTypeFormattingParams;
import org.eclipse.lsp4j.DocumentRangeFormattingParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensDelta;
import org.eclipse.lsp4j.SemanticTokensDeltaParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;
import weir.ide.Document;
import weir.ide.Project;
import weir.ide.Rename;
import weir.source.Source;
import weir.source.Span;

/// Answers what editors ask about documents: each question from the snapshot that there was when it came in.
final class DocumentService implements TextDocumentService {
    private final Project project;
    private final Executor work;
    private final Runnable changed;
    private final Consumer<String> closed;
    private final Colours colours = new Colours();
    private final Map<String, Version> versions = new ConcurrentHashMap<>();
    private Translation words = new Translation(Encoding.UTF16, false);

    private record Version(int number, @Nullable Source text) {}

    /// @param work where answers are found
    /// @param changed is told when a document has another text
    /// @param closed is told the name of a document that is closed
    DocumentService(Project project, Executor work, Runnable changed, Consumer<String> closed) {
        this.project = project;
        this.work = work;
        this.changed = changed;
        this.closed = closed;
    }

    /// From now on in these words.
    void speak(Translation agreed) {
        words = agreed;
    }

    Translation words() {
        return words;
    }

    /// The client's number of a document's text, null when it has a newer one.
    @Nullable
    Integer version(Document document) {
        Version version = versions.get(document.source().name());
        return version == null || version.text != document.source() ? null : Integer.valueOf(version.number);
    }

    // ---- texts

    @Override
    public void didOpen(DidOpenTextDocumentParams params) {
        var opened = params.getTextDocument();
        put(opened.getUri(), opened.getText(), opened.getVersion());
    }

    @Override
    public synchronized void didChange(DidChangeTextDocumentParams params) {
        String uri = params.getTextDocument().getUri();
        Source source = project.text(uri);
        if (source == null) {
            return;
        }
        for (var change : params.getContentChanges()) {
            if (change.getRange() == null) {
                source = new Source(uri, change.getText());
            } else {
                Span span = words.span(source, change.getRange());
                String text = source.text();
                source = new Source(
                        uri, text.substring(0, span.start()) + change.getText() + text.substring(span.end()));
            }
        }
        Integer version = params.getTextDocument().getVersion();
        put(uri, source.text(), version == null ? 0 : version);
    }

    private void put(String uri, String text, int version) {
        project.put(uri, text);
        versions.put(uri, new Version(version, project.text(uri)));
        changed.run();
    }

    @Override
    public void didClose(DidCloseTextDocumentParams params) {
        String uri = params.getTextDocument().getUri();
        project.close(uri);
        versions.remove(uri);
        colours.forget(uri);
        closed.accept(uri);
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {}

    // ---- how questions are answered

    /// Answers from the document's snapshot; `nothing` when it is not open.
    private <T> CompletableFuture<T> answer(
            TextDocumentIdentifier identifier, T nothing, Function<Document, T> answer) {
        Document document = project.find(identifier.getUri());
        return CompletableFutures.computeAsync(work, cancelled -> {
            cancelled.checkCanceled();
            return document == null ? nothing : answer.apply(document);
        });
    }

    private <T> CompletableFuture<T> answerAt(
            TextDocumentPositionParams params, T nothing, BiFunction<Document, Integer, T> answer) {
        return answer(
                params.getTextDocument(),
                nothing,
                document -> answer.apply(document, words.offset(document.source(), params.getPosition())));
    }

    /// The protocol says null where there is nothing to say.
    private <T> CompletableFuture<T> perhapsAt(
            TextDocumentPositionParams params, BiFunction<Document, Integer, Optional<T>> answer) {
        return answerAt(params, Optional.<T>empty(), answer).thenApply(found -> found.orElse(null));
    }

    // ---- questions about a place

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(CompletionParams params) {
        return answerAt(params, Either.forLeft(List.of()), (document, offset) -> {
            var suggestions = document.completion(offset, () -> project.nearby(document));
            var items = new ArrayList<CompletionItem>();
            for (int i = 0; i < suggestions.size(); i++) {
                items.add(words.item(document.source(), suggestions.get(i), i));
            }
            return Either.forRight(new CompletionList(false, items));
        });
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        return perhapsAt(
                params,
                (document, offset) -> document.hover(offset).map(hover -> words.hover(document.source(), hover)));
    }

    @Override
    public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams params) {
        return perhapsAt(
                params, (document, offset) -> document.signatureHelp(offset).map(words::signature));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams params) {
        return answerAt(
                params,
                Either.forLeft(List.of()),
                (document, offset) -> Either.forLeft(document.definition(offset).stream()
                        .map(words::location)
                        .toList()));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
        return this.<List<? extends Location>>answerAt(params, List.of(), (document, offset) -> {
            var declared = document.definition(offset);
            boolean all = params.getContext() == null || params.getContext().isIncludeDeclaration();
            return document.references(offset, project).stream()
                    .filter(place -> all || !declared.equals(Optional.of(place)))
                    .map(words::location)
                    .toList();
        });
    }

    @Override
    public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(DocumentHighlightParams params) {
        return this.<List<? extends DocumentHighlight>>answerAt(
                params,
                List.of(),
                (document, offset) -> document.highlights(offset).stream()
                        .map(place -> words.highlight(document.source(), place))
                        .toList());
    }

    @Override
    public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>> prepareRename(
            PrepareRenameParams params) {
        return perhapsAt(
                params,
                (document, offset) -> document.renameable(offset)
                        .map(span -> Either3.forFirst(words.range(document.source(), span))));
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
        return perhapsAt(params, (document, offset) -> switch (document.rename(offset, params.getNewName(), project)) {
            case Rename.Edits(var edits) -> Optional.of(words.edits(edits));
            case Rename.Refused(String reason) ->
                throw new ResponseErrorException(new ResponseError(ResponseErrorCode.RequestFailed, reason, null));
        });
    }

    @Override
    public CompletableFuture<List<SelectionRange>> selectionRange(SelectionRangeParams params) {
        return answer(
                params.getTextDocument(),
                List.of(),
                document -> params.getPositions().stream()
                        .map(position -> document.selections(words.offset(document.source(), position)))
                        .map(spans -> words.selection(document.source(), spans))
                        .toList());
    }

    // ---- questions about a stretch

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
        List<String> only =
                params.getContext() == null ? null : params.getContext().getOnly();
        return answer(
                params.getTextDocument(),
                List.of(),
                document -> document.actions(words.span(document.source(), params.getRange())).stream()
                        .map(action -> words.action(document.source(), action))
                        .filter(action ->
                                only == null || only.stream().anyMatch(kind -> isKind(action.getKind(), kind)))
                        .map(Either::<Command, CodeAction>forRight)
                        .toList());
    }

    /// `refactor.extract` is a `refactor`.
    private static boolean isKind(String kind, String wanted) {
        return wanted.isEmpty() || kind.equals(wanted) || kind.startsWith(wanted + ".");
    }

    @Override
    public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams params) {
        return answer(
                params.getTextDocument(),
                List.of(),
                document -> document.hints(words.span(document.source(), params.getRange())).stream()
                        .map(hint -> words.hint(document.source(), hint))
                        .toList());
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> rangeFormatting(DocumentRangeFormattingParams params) {
        return this.<List<? extends TextEdit>>answer(
                params.getTextDocument(),
                List.of(),
                document -> words.edits(
                        document.source(), document.format(words.span(document.source(), params.getRange()))));
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> onTypeFormatting(DocumentOnTypeFormattingParams params) {
        char typed = params.getCh() == null || params.getCh().isEmpty()
                ? ' '
                : params.getCh().charAt(0);
        return this.<List<? extends TextEdit>>answer(
                params.getTextDocument(),
                List.of(),
                document -> words.edits(
                        document.source(),
                        document.formatTyped(words.offset(document.source(), params.getPosition()), typed)));
    }

    // ---- questions about a document

    @Override
    public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
        return this.<List<? extends TextEdit>>answer(
                params.getTextDocument(), List.of(), document -> words.edits(document.source(), document.format()));
    }

    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
            DocumentSymbolParams params) {
        return answer(
                params.getTextDocument(),
                List.of(),
                document -> document.outline().stream()
                        .map(outline -> Either.<SymbolInformation, DocumentSymbol>forRight(
                                words.symbol(document.source(), outline)))
                        .toList());
    }

    @Override
    public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
        return answer(
                params.getTextDocument(),
                List.of(),
                document -> document.foldings().stream().map(words::folding).toList());
    }

    @Override
    public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams params) {
        return answer(
                params.getTextDocument(), new SemanticTokens(List.of()), document -> colours.whole(document, words));
    }

    @Override
    public CompletableFuture<Either<SemanticTokens, SemanticTokensDelta>> semanticTokensFullDelta(
            SemanticTokensDeltaParams params) {
        return answer(
                params.getTextDocument(),
                Either.forLeft(new SemanticTokens(List.of())),
                document -> colours.since(params.getPreviousResultId(), document, words));
    }

    @Override
    public CompletableFuture<SemanticTokens> semanticTokensRange(SemanticTokensRangeParams params) {
        return answer(
                params.getTextDocument(),
                new SemanticTokens(List.of()),
                document -> colours.range(document, words.span(document.source(), params.getRange()), words));
    }

    @Override
    public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
        return this.<List<? extends CodeLens>>answer(
                params.getTextDocument(),
                List.of(),
                document -> document.lenses().stream()
                        .map(lens -> words.lens(document.source(), lens))
                        .toList());
    }

    @Override
    public CompletableFuture<List<DocumentLink>> documentLink(DocumentLinkParams params) {
        return answer(
                params.getTextDocument(),
                List.of(),
                document -> document.links().entrySet().stream()
                        .map(link -> words.link(document.source(), link.getKey(), link.getValue()))
                        .toList());
    }
}
