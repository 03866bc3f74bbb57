package weir.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageClientAware;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiler;
import weir.ide.Document;
import weir.ide.Rename;
import weir.model.Catalog;
import weir.source.Span;

/// Answers what editors ask. Requests are answered one after the other, each from the newest snapshot of its document.
final class WeirLanguageServer implements LanguageServer, LanguageClientAware, TextDocumentService, WorkspaceService {
    private final OpenDocuments documents;
    private @Nullable LanguageClient client;
    private Runnable onExit = () -> {};

    WeirLanguageServer(Catalog catalog, Texts texts) {
        this.documents = new OpenDocuments(new Compiler(catalog), texts);
    }

    @Override
    public void connect(LanguageClient connected) {
        this.client = connected;
    }

    void onExit(Runnable action) {
        this.onExit = action;
    }

    // ---- the connection

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
        var can = new ServerCapabilities();
        can.setTextDocumentSync(TextDocumentSyncKind.Incremental);
        can.setHoverProvider(true);
        can.setCompletionProvider(new CompletionOptions(false, List.of(".", "\"", "|")));
        can.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ",")));
        can.setDefinitionProvider(true);
        can.setReferencesProvider(true);
        can.setDocumentHighlightProvider(true);
        can.setRenameProvider(new RenameOptions(true));
        can.setDocumentSymbolProvider(true);
        can.setFoldingRangeProvider(true);
        can.setDocumentFormattingProvider(true);
        can.setCodeActionProvider(true);
        return now(new InitializeResult(can, new ServerInfo("weir")));
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void exit() {
        onExit.run();
    }

    @Override
    public void setTrace(SetTraceParams params) {}

    @Override
    public TextDocumentService getTextDocumentService() {
        return this;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return this;
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {}

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        publish();
    }

    private static <T> CompletableFuture<T> now(T answer) {
        return CompletableFuture.completedFuture(answer);
    }

    // ---- documents

    @Override
    public synchronized void didOpen(DidOpenTextDocumentParams params) {
        documents.put(
                params.getTextDocument().getUri(), params.getTextDocument().getText());
        publish();
    }

    @Override
    public synchronized void didChange(DidChangeTextDocumentParams params) {
        documents.change(params.getTextDocument().getUri(), params.getContentChanges());
        publish();
    }

    @Override
    public synchronized void didClose(DidCloseTextDocumentParams params) {
        String uri = params.getTextDocument().getUri();
        documents.close(uri);
        if (client != null) {
            client.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
        }
        publish();
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {}

    /// Tells what is wrong with every open document: one may use another.
    private void publish() {
        for (String uri : documents.uris()) {
            Document document = documents.find(uri);
            if (document != null && client != null) {
                var diagnostics = document.diagnostics().stream()
                        .map(Translation::diagnostic)
                        .toList();
                client.publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics));
            }
        }
    }

    /// Answers from the document's snapshot; `nothing` when it is not open.
    private synchronized <T> CompletableFuture<T> answer(
            TextDocumentIdentifier identifier, T nothing, Function<Document, T> answer) {
        Document document = documents.find(identifier.getUri());
        return now(document == null ? nothing : answer.apply(document));
    }

    private <T> CompletableFuture<T> answerAt(
            TextDocumentPositionParams params, T nothing, BiFunction<Document, Integer, T> answer) {
        return answer(
                params.getTextDocument(),
                nothing,
                document -> answer.apply(document, Translation.offset(document.source(), params.getPosition())));
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
            var suggestions = document.completion(offset);
            var items = new ArrayList<CompletionItem>();
            for (int i = 0; i < suggestions.size(); i++) {
                items.add(Translation.item(document.source(), suggestions.get(i), i));
            }
            return Either.forRight(new CompletionList(false, items));
        });
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        return perhapsAt(
                params,
                (document, offset) -> document.hover(offset).map(hover -> Translation.hover(document.source(), hover)));
    }

    @Override
    public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams params) {
        return perhapsAt(
                params, (document, offset) -> document.signatureHelp(offset).map(Translation::signature));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams params) {
        return answerAt(
                params,
                Either.forLeft(List.of()),
                (document, offset) -> Either.forLeft(document.definition(offset).stream()
                        .map(Translation::location)
                        .toList()));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
        return this.<List<? extends Location>>answerAt(params, List.of(), (document, offset) -> {
            var declared = document.definition(offset);
            boolean all = params.getContext() == null || params.getContext().isIncludeDeclaration();
            return document.references(offset).stream()
                    .filter(place -> all || !declared.equals(Optional.of(place)))
                    .map(Translation::location)
                    .toList();
        });
    }

    @Override
    public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(DocumentHighlightParams params) {
        return this.<List<? extends DocumentHighlight>>answerAt(
                params,
                List.of(),
                (document, offset) -> document.references(offset).stream()
                        .filter(place -> place.source() == document.source())
                        .map(place -> new DocumentHighlight(Translation.range(place.source(), place.span())))
                        .toList());
    }

    @Override
    public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>> prepareRename(
            PrepareRenameParams params) {
        return perhapsAt(
                params,
                (document, offset) -> document.renameable(offset)
                        .map(span -> Either3.forFirst(Translation.range(document.source(), span))));
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
        return perhapsAt(params, (document, offset) -> switch (document.rename(offset, params.getNewName())) {
            case Rename.Edits(var edits) -> Optional.of(Translation.edits(edits));
            case Rename.Refused(String reason) ->
                throw new ResponseErrorException(new ResponseError(ResponseErrorCode.RequestFailed, reason, null));
        });
    }

    // ---- questions about a document

    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
            DocumentSymbolParams params) {
        return answer(
                params.getTextDocument(),
                List.of(),
                document -> document.outline().stream()
                        .map(outline -> Either.<SymbolInformation, DocumentSymbol>forRight(
                                Translation.symbol(document.source(), outline)))
                        .toList());
    }

    @Override
    public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
        return answer(
                params.getTextDocument(),
                List.of(),
                document ->
                        document.foldings().stream().map(Translation::folding).toList());
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
        return this.<List<? extends TextEdit>>answer(
                params.getTextDocument(),
                List.of(),
                document -> document.format().stream()
                        .map(edit -> Translation.edit(document.source(), edit))
                        .toList());
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
        return answer(params.getTextDocument(), List.of(), document -> {
            Span span = Translation.span(document.source(), params.getRange());
            return document.actions(span).stream()
                    .map(action -> {
                        var translated = new CodeAction(action.fix().title());
                        translated.setKind(CodeActionKind.QuickFix);
                        translated.setDiagnostics(List.of(Translation.diagnostic(action.diagnostic())));
                        translated.setEdit(Translation.edits(
                                Map.of(document.source(), action.fix().edits())));
                        return Either.<Command, CodeAction>forRight(translated);
                    })
                    .toList();
        });
    }
}
