package weir.lsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.jspecify.annotations.Nullable;
import weir.model.Catalog;

/// The language server on a pair of streams, as editors start it.
public final class Stdio {
    private Stdio() {}

    /// Serves until the client closes the stream or says exit.
    public static void serve(Catalog catalog, InputStream in, OutputStream out) throws InterruptedException {
        var server = new WeirLanguageServer(catalog, Stdio::read);
        var launcher = LSPLauncher.createServerLauncher(server, in, out);
        server.connect(launcher.getRemoteProxy());
        var listening = launcher.startListening();
        server.onExit(() -> listening.cancel(true));
        try {
            listening.get();
        } catch (ExecutionException | java.util.concurrent.CancellationException ended) {
            // The stream is closed, or the client said exit: either way the work is done.
        }
    }

    private static @Nullable String read(String uri) {
        try {
            Path path = Path.of(URI.create(uri));
            return Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.UTF_8) : null;
        } catch (IOException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException unreadable) {
            return null;
        }
    }
}
