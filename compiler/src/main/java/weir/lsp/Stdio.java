package weir.lsp;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.eclipse.lsp4j.launch.LSPLauncher;
import weir.model.Catalog;

/// The language server on a pair of streams, as editors start it.
public final class Stdio {
    private Stdio() {}

    /// Serves until the client closes the stream or says exit.
    public static void serve(Catalog catalog, InputStream in, OutputStream out) throws InterruptedException {
        // Messages are read one after the other, so that a cancellation arrives while an answer is being found.
        var turns = Pace.inTurns();
        var server = new WeirLanguageServer(catalog, new Disk(), turns);
        var launcher = LSPLauncher.createServerLauncher(server, in, out);
        server.connect(launcher.getRemoteProxy());
        var listening = launcher.startListening();
        server.onExit(() -> listening.cancel(true));
        try {
            listening.get();
        } catch (ExecutionException | CancellationException ended) {
            // The stream is closed, or the client said exit: either way the work is done.
        }
        server.finish();
    }
}
