package weir.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.DocumentLinkOptions;
import org.eclipse.lsp4j.DocumentOnTypeFormattingOptions;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SemanticTokensServerFull;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageClientAware;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiler;
import weir.ide.Document;
import weir.ide.Project;
import weir.ide.Texts;
import weir.model.Catalog;

/// The connection to an editor: what both can, which folders it has open, and what is wrong in its documents.
final class WeirLanguageServer implements LanguageServer, LanguageClientAware, WorkspaceService {
    private final Project project;
    private final Pace pace;
    private final DocumentService documents;
    private final AtomicInteger changes = new AtomicInteger();
    private @Nullable LanguageClient client;
    private boolean watches;
    private Runnable onExit = () -> {};

    WeirLanguageServer(Catalog catalog, Texts texts, Pace pace) {
        this.project = new Project(new Compiler(catalog), texts);
        this.pace = pace;
        this.documents = new DocumentService(project, pace.now(), this::tellSoon, this::tellClosed);
    }

    @Override
    public void connect(LanguageClient connected) {
        this.client = connected;
    }

    void onExit(Runnable action) {
        this.onExit = action;
    }

    // ---- hello and goodbye

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
        ClientCapabilities client = params.getCapabilities();
        boolean general = client != null && client.getGeneral() != null;
        var encoding = Encoding.of(general ? client.getGeneral().getPositionEncodings() : null);
        documents.speak(new Translation(encoding, takesSnippets(client)));
        folders(params);
        watches = client != null
                && client.getWorkspace() != null
                && client.getWorkspace().getDidChangeWatchedFiles() != null
                && Boolean.TRUE.equals(
                        client.getWorkspace().getDidChangeWatchedFiles().getDynamicRegistration());
        var can = capabilities();
        can.setPositionEncoding(encoding.word());
        return CompletableFuture.completedFuture(new InitializeResult(can, new ServerInfo("weir")));
    }

    private static boolean takesSnippets(@Nullable ClientCapabilities client) {
        return client != null
                && client.getTextDocument() != null
                && client.getTextDocument().getCompletion() != null
                && client.getTextDocument().getCompletion().getCompletionItem() != null
                && Boolean.TRUE.equals(client.getTextDocument()
                        .getCompletion()
                        .getCompletionItem()
                        .getSnippetSupport());
    }

    @SuppressWarnings("deprecation") // Some clients still say only the root.
    private void folders(InitializeParams params) {
        if (params.getWorkspaceFolders() != null) {
            params.getWorkspaceFolders().stream().map(WorkspaceFolder::getUri).forEach(project::addFolder);
        } else if (params.getRootUri() != null) {
            project.addFolder(params.getRootUri());
        }
    }

    private static ServerCapabilities capabilities() {
        var can = new ServerCapabilities();
        var sync = new TextDocumentSyncOptions();
        sync.setOpenClose(true);
        sync.setChange(TextDocumentSyncKind.Incremental);
        can.setTextDocumentSync(sync);
        can.setHoverProvider(true);
        can.setCompletionProvider(new CompletionOptions(false, Kinds.completionTriggers()));
        can.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ",")));
        can.setDefinitionProvider(true);
        can.setReferencesProvider(true);
        can.setDocumentHighlightProvider(true);
        can.setRenameProvider(new RenameOptions(true));
        can.setDocumentSymbolProvider(true);
        can.setWorkspaceSymbolProvider(true);
        can.setFoldingRangeProvider(true);
        can.setSelectionRangeProvider(true);
        can.setDocumentFormattingProvider(true);
        can.setDocumentRangeFormattingProvider(true);
        can.setDocumentOnTypeFormattingProvider(new DocumentOnTypeFormattingOptions("}", List.of("\n", "|")));
        can.setCodeActionProvider(new CodeActionOptions(List.of(
                CodeActionKind.QuickFix,
                CodeActionKind.RefactorExtract,
                CodeActionKind.RefactorRewrite,
                CodeActionKind.SourceOrganizeImports)));
        can.setSemanticTokensProvider(
                new SemanticTokensWithRegistrationOptions(Kinds.legend(), new SemanticTokensServerFull(true), true));
        can.setInlayHintProvider(true);
        can.setCodeLensProvider(new CodeLensOptions(false));
        can.setDocumentLinkProvider(new DocumentLinkOptions(false));
        var folders = new WorkspaceFoldersOptions();
        folders.setSupported(true);
        folders.setChangeNotifications(true);
        can.setWorkspace(new WorkspaceServerCapabilities(folders));
        return can;
    }

    @Override
    public void initialized(InitializedParams params) {
        if (watches && client != null) {
            var watcher = new FileSystemWatcher(Either.forLeft("**/*.weir"));
            var options = new DidChangeWatchedFilesRegistrationOptions(List.of(watcher));
            client.registerCapability(new RegistrationParams(
                    List.of(new Registration("files", "workspace/didChangeWatchedFiles", options))));
        }
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
        return documents;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return this;
    }

    // ---- folders and files

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {}

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        project.changed(params.getChanges().stream().map(FileEvent::getUri).toList());
        tellSoon();
    }

    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
        params.getEvent().getAdded().forEach(folder -> project.addFolder(folder.getUri()));
        params.getEvent().getRemoved().forEach(folder -> project.removeFolder(folder.getUri()));
    }

    @Override
    public CompletableFuture<Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>> symbol(
            WorkspaceSymbolParams params) {
        return CompletableFutures.computeAsync(pace.now(), cancelled -> {
            cancelled.checkCanceled();
            var found = new ArrayList<WorkspaceSymbol>();
            String query = params.getQuery() == null ? "" : params.getQuery();
            project.symbols(query).forEach(each -> found.add(documents.words().symbol(each)));
            return Either.forRight(found);
        });
    }

    // ---- what is wrong

    /// Once nobody types for a moment. What is asked meanwhile comes first.
    private void tellSoon() {
        int change = changes.incrementAndGet();
        Executor when = pace.soon();
        when.execute(() -> {
            if (changes.get() == change) {
                tell();
            }
        });
    }

    private void tell() {
        LanguageClient listener = client;
        if (listener == null) {
            return;
        }
        for (Document document : project.news()) {
            var diagnostics = document.diagnostics().stream()
                    .map(documents.words()::diagnostic)
                    .toList();
            String uri = document.source().name();
            listener.publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics, documents.version(document)));
        }
    }

    /// What can still be told before the connection ends.
    void finish() {
        tell();
    }

    private void tellClosed(String uri) {
        if (client != null) {
            client.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
        }
        tellSoon();
    }
}
