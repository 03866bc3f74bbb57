package weir.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// `weir serve` as a process of its own, with its PostgreSQL and Redis, to be killed at will.
final class ServerProcess implements AutoCloseable {
    private final Path data;
    private final int port;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private Process process;

    /// @param folder where the data and `server.log` go
    ServerProcess(Path folder) throws IOException {
        this.data = folder.resolve("data");
        try (var socket = new ServerSocket(0)) {
            this.port = socket.getLocalPort();
        }
        this.process = launch();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "weir.cli.Main",
                        "serve",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("server.log").toFile()))
                .start();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// Waits until it says that it is ready.
    void awaitReady() throws InterruptedException, IOException {
        for (int i = 0; i < 1_200; i++) {
            try {
                if (get("/health").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IOException(
                            "the server ended with code " + process.exitValue() + "; see "
                                    + data.resolveSibling("server.log"),
                            notYet);
                }
            }
            Thread.sleep(50);
        }
        throw new IOException("the server is not ready after a minute");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String type, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /// kill -9 of the server; what it started has to notice by itself.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void restart() throws IOException {
        process = launch();
    }

    /// kill -9 of the PostgreSQL or Redis that the server started.
    ///
    /// @param program the name of its executable
    /// @return false when it does not run right now
    boolean killChild(String program) {
        var mine = children(program);
        mine.ifPresent(ProcessHandle::destroyForcibly);
        return mine.isPresent();
    }

    private Optional<ProcessHandle> children(String program) {
        List<ProcessHandle> found = new ArrayList<>();
        process.toHandle()
                .descendants()
                .filter(handle -> handle.info().command().orElse("").endsWith("/" + program))
                .forEach(found::add);
        // the first one started is the parent of its helpers
        return found.stream()
                .filter(handle -> handle.parent()
                        .map(parent -> !parent.info().command().orElse("").endsWith("/" + program))
                        .orElse(true))
                .findFirst();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
