package weir.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentOnTypeFormattingParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.GeneralClientCapabilities;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokensDeltaParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weir.model.StandardCatalog;

/// An editor's session over streams, with a real client: a folder of files, some of them open.
@Timeout(120)
class EditorSessionTest {
    @TempDir
    private Path folder;

    private final Told told = new Told();
    private LanguageServer server;
    private Thread serving;

    /// What the server says by itself.
    private static final class Told implements LanguageClient {
        private final BlockingQueue<PublishDiagnosticsParams> diagnostics = new LinkedBlockingQueue<>();

        @Override
        public void telemetryEvent(Object object) {}

        @Override
        public void publishDiagnostics(PublishDiagnosticsParams published) {
            diagnostics.add(published);
        }

        @Override
        public void showMessage(MessageParams message) {}

        @Override
        public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void logMessage(MessageParams message) {}

        PublishDiagnosticsParams next() throws InterruptedException {
            var next = diagnostics.poll(30, TimeUnit.SECONDS);
            assertNotNull(next, "nothing was said");
            return next;
        }
    }

    @BeforeEach
    void connect() throws IOException {
        Pipe up = Pipe.open();
        Pipe down = Pipe.open();
        var fromClient = Channels.newInputStream(up.source());
        var toClient = Channels.newOutputStream(down.sink());
        serving = Thread.ofVirtual().start(() -> {
            try {
                Stdio.serve(StandardCatalog.catalog(), fromClient, toClient);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        var launcher = LSPLauncher.createClientLauncher(
                told, Channels.newInputStream(down.source()), Channels.newOutputStream(up.sink()));
        launcher.startListening();
        server = launcher.getRemoteProxy();
    }

    @AfterEach
    void leave() throws Exception {
        server.shutdown().get(30, TimeUnit.SECONDS);
        server.exit();
        serving.join(30_000);
        assertTrue(!serving.isAlive(), "the server goes when it is told to");
    }

    private void hello(List<String> encodings) throws Exception {
        var capabilities = new ClientCapabilities();
        var general = new GeneralClientCapabilities();
        general.setPositionEncodings(encodings);
        capabilities.setGeneral(general);
        var text = new TextDocumentClientCapabilities();
        text.setCompletion(new CompletionCapabilities(new CompletionItemCapabilities(true)));
        capabilities.setTextDocument(text);
        var params = new InitializeParams();
        params.setCapabilities(capabilities);
        params.setWorkspaceFolders(List.of(new WorkspaceFolder(uri(""), "p")));
        var answer = server.initialize(params).get(30, TimeUnit.SECONDS);
        assertEquals(encodings.getFirst(), answer.getCapabilities().getPositionEncoding());
        server.initialized(new InitializedParams());
    }

    private String uri(String name) {
        return folder.toUri() + name;
    }

    private TextDocumentIdentifier id(String name) {
        return new TextDocumentIdentifier(uri(name));
    }

    private void open(String name, String text) {
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri(name), "weir", 1, text)));
    }

    private void change(String name, int version, Range range, String text) {
        server.getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(uri(name), version),
                        List.of(new TextDocumentContentChangeEvent(range, text))));
    }

    private static Range range(int line, int from, int to) {
        return new Range(new Position(line, from), new Position(line, to));
    }

    @Test
    void unsavedTextsWinOverStoredOnesAndAChangeReachesWhatUsesIt() throws Exception {
        Files.writeString(folder.resolve("rates.weir"), "let RATE = 0.19\n");
        hello(List.of("utf-16"));
        open("a.weir", "use \"rates.weir\"\n\nworkflow w() {\n  log RATE\n}\n");
        assertEquals(List.of(), told.next().getDiagnostics());
        open("rates.weir", "let RATES = 0.19\n");
        boolean found = false;
        for (int i = 0; i < 2; i++) {
            var published = told.next();
            found |= published.getUri().endsWith("a.weir")
                    && !published.getDiagnostics().isEmpty();
        }
        assertTrue(found, "what used the old name is told of");
        change("rates.weir", 2, range(0, 8, 9), "");
        var first = told.next();
        var second = told.next();
        assertTrue(first.getDiagnostics().isEmpty() && second.getDiagnostics().isEmpty());
        server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(id("rates.weir")));
        assertEquals(List.of(), told.next().getDiagnostics());
    }

    @Test
    void namesReachFilesThatNobodyOpened() throws Exception {
        Files.writeString(folder.resolve("b.weir"), "use \"a.weir\"\nlet four = twice(2)\n");
        hello(List.of("utf-16"));
        open("a.weir", "function twice(n: number) -> number = n * 2\n");
        var texts = server.getTextDocumentService();
        var at = new Position(0, 10);
        var references = texts.references(new ReferenceParams(id("a.weir"), at, new ReferenceContext(true)));
        assertEquals(2, references.get(30, TimeUnit.SECONDS).size());
        var edit = texts.rename(new RenameParams(id("a.weir"), at, "double_it")).get(30, TimeUnit.SECONDS);
        assertEquals(2, edit.getChanges().size());
        var refused = assertThrows(
                ExecutionException.class,
                () -> texts.rename(new RenameParams(id("a.weir"), at, "four")).get(30, TimeUnit.SECONDS));
        assertTrue(refused.getMessage().contains("four"), refused::getMessage);
        var symbols = server.getWorkspaceService()
                .symbol(new WorkspaceSymbolParams("four"))
                .get(30, TimeUnit.SECONDS);
        assertEquals("four", symbols.getRight().getFirst().getName());
        open("c.weir", "workflow w() {\n  log twi\n}\n");
        var items = texts.completion(new CompletionParams(id("c.weir"), new Position(1, 9)))
                .get(30, TimeUnit.SECONDS)
                .getRight()
                .getItems();
        var twice = items.stream()
                .filter(item -> item.getLabel().equals("twice"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "use \"a.weir\"\n\n", twice.getAdditionalTextEdits().getFirst().getNewText());
    }

    @Test
    void placesAreCountedAsTheClientWants() throws Exception {
        hello(List.of("utf-8", "utf-16"));
        open("a.weir", "workflow w(n: string) {\n  log `🦀${n}` + m\n}\n");
        var mistake = told.next().getDiagnostics().getFirst();
        // Three bytes more than a letter each: 2 + 4 + 1 + 4 + 4 + 1 + 3 = 19.
        assertEquals(range(1, 19, 20), mistake.getRange());
        change("a.weir", 2, range(1, 19, 20), "n");
        assertEquals(List.of(), told.next().getDiagnostics());
        var place = server.getTextDocumentService()
                .definition(new DefinitionParams(id("a.weir"), new Position(1, 19)))
                .get(30, TimeUnit.SECONDS);
        assertEquals(range(0, 11, 12), place.getLeft().getFirst().getRange());
    }

    @Test
    void coloursAreToldWholeInPartAndAsDifferences() throws Exception {
        hello(List.of("utf-16"));
        open("a.weir", "workflow w(n: int) {\n  log n\n}\n");
        var texts = server.getTextDocumentService();
        var whole =
                texts.semanticTokensFull(new SemanticTokensParams(id("a.weir"))).get(30, TimeUnit.SECONDS);
        assertEquals(6 * 5, whole.getData().size());
        change("a.weir", 2, range(1, 2, 2), "log 1\n  ");
        var delta = texts.semanticTokensFullDelta(new SemanticTokensDeltaParams(id("a.weir"), whole.getResultId()))
                .get(30, TimeUnit.SECONDS)
                .getRight();
        assertEquals(1, delta.getEdits().size());
        assertEquals(10, delta.getEdits().getFirst().getData().size());
        var part = texts.semanticTokensRange(new SemanticTokensRangeParams(id("a.weir"), range(1, 0, 7)))
                .get(30, TimeUnit.SECONDS);
        assertEquals(2 * 5, part.getData().size());
    }

    @Test
    void everyOtherQuestionHasAnAnswer() throws Exception {
        hello(List.of("utf-16"));
        open(
                "a.weir",
                "workflow w(n: int) {\n let total = n + 1\n  log total\n}\n\ntest \"it runs\" {\n  run w(n: 1)\n}\n");
        var texts = server.getTextDocumentService();
        var whole = new Range(new Position(0, 0), new Position(8, 0));
        assertEquals(
                1,
                texts.inlayHint(new InlayHintParams(id("a.weir"), whole))
                        .get(30, TimeUnit.SECONDS)
                        .size());
        assertEquals(
                List.of("weir.showGraph", "weir.runTest"),
                texts.codeLens(new CodeLensParams(id("a.weir"))).get(30, TimeUnit.SECONDS).stream()
                        .map(lens -> lens.getCommand().getCommand())
                        .toList());
        assertEquals(
                new Range(new Position(1, 13), new Position(1, 14)),
                texts.selectionRange(new SelectionRangeParams(id("a.weir"), List.of(new Position(1, 13))))
                        .get(30, TimeUnit.SECONDS)
                        .getFirst()
                        .getRange());
        assertEquals(
                1,
                texts.formatting(new DocumentFormattingParams(id("a.weir"), new FormattingOptions(2, true)))
                        .get(30, TimeUnit.SECONDS)
                        .size());
        assertEquals(
                1,
                texts.onTypeFormatting(new DocumentOnTypeFormattingParams(
                                id("a.weir"), new FormattingOptions(2, true), new Position(3, 1), "}"))
                        .get(30, TimeUnit.SECONDS)
                        .size());
        var actions = texts.codeAction(new CodeActionParams(
                        id("a.weir"), range(1, 13, 18), new CodeActionContext(List.of(), List.of("refactor"))))
                .get(30, TimeUnit.SECONDS);
        assertTrue(
                actions.stream().allMatch(action -> action.getRight().getKind().startsWith("refactor")),
                actions::toString);
    }

    @Test
    void whatIsCancelledIsNotAnswered() throws Exception {
        hello(List.of("utf-16"));
        open("a.weir", "workflow w(n: int) {\n  log n\n}\n".repeat(1));
        var texts = server.getTextDocumentService();
        // Those before keep the server busy, so that the last is still waiting when it is cancelled.
        for (int i = 0; i < 50; i++) {
            texts.completion(new CompletionParams(id("a.weir"), new Position(1, 6)));
        }
        var last = texts.completion(new CompletionParams(id("a.weir"), new Position(1, 6)));
        last.cancel(true);
        assertThrows(CancellationException.class, () -> last.get(30, TimeUnit.SECONDS));
        var alive = texts.definition(new DefinitionParams(id("a.weir"), new Position(1, 6)));
        assertEquals(1, alive.get(30, TimeUnit.SECONDS).getLeft().size());
    }
}
