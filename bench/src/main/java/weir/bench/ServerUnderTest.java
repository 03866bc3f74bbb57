package weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// `weir serve` as anybody starts it, with an empty data directory that is deleted afterwards.
final class ServerUnderTest implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofMinutes(3);

    private final Child child;
    private final int port;
    private final Path data;
    private final double startSeconds;
    private final HttpClient client = HttpClient.newHttpClient();

    private ServerUnderTest(Child child, int port, Path data, long began) throws IOException, InterruptedException {
        this.child = child;
        this.port = port;
        this.data = data;
        awaitHealth();
        this.startSeconds = (System.nanoTime() - began) / 1e9;
    }

    static ServerUnderTest start(Options options) throws IOException, InterruptedException {
        var data =
                options.folder().resolve("weir-bench-" + ProcessHandle.current().pid());
        Files.createDirectories(data);
        requireDisk(data);
        int port = freePort();
        var builder = new ProcessBuilder(
                        System.getProperty(
                                "weir.launcher", options.root().resolve("weir").toString()),
                        "serve",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("server.log").toFile());
        // Its own databases and its own settings, whatever the one who measures has set.
        builder.environment()
                .keySet()
                .removeIf(name ->
                        (name.startsWith("WEIR_") && !name.equals("WEIR_JAVA_OPTIONS")) || name.startsWith("OPENAI_"));
        long began = System.nanoTime();
        var child = Child.start(builder);
        try {
            return new ServerUnderTest(child, port, data, began);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            child.close();
            String log = Files.readString(data.resolve("server.log"));
            delete(data);
            throw new IOException(failed.getMessage() + "; it said:\n" + log.strip(), failed);
        }
    }

    /// Durable on a disk is what is measured; memory would make it look better than it is.
    private static void requireDisk(Path data) throws IOException {
        if (Files.getFileStore(data).type().equals("tmpfs")) {
            delete(data);
            throw new IOException(data.getParent() + " is kept in memory; choose a folder on a disk with --data DIR");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitHealth() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            if (!child.isAlive()) {
                throw new IOException("the server ended while it was starting");
            }
            try {
                if (client.send(request("/health").GET().build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is still starting.
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("the server was not ready after " + START.toSeconds() + " s");
            }
            Thread.sleep(20);
        }
    }

    int port() {
        return port;
    }

    /// Of the Java process, the parent of the databases.
    long process() {
        return child.id();
    }

    /// From the command to the first healthy answer.
    double startSeconds() {
        return startSeconds;
    }

    void deploy(String name, String text) throws IOException, InterruptedException {
        var answer = client.send(
                request("/api/v1/workflows/" + name)
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .PUT(BodyPublishers.ofString(text))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the server does not take the workflow " + name + ": " + answer.body());
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(text(path));
    }

    private String text(String path) throws IOException, InterruptedException {
        var answer = client.send(request(path).GET().build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("GET " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /// Runs that have succeeded since the start, as the server's metrics tell.
    long succeeded() throws IOException, InterruptedException {
        return text("/metrics")
                .lines()
                .filter(line -> line.startsWith("weir_runs_ended_total{") && line.contains("\"succeeded\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    @Override
    public void close() throws InterruptedException, IOException {
        client.close();
        child.close();
        delete(data);
    }

    static void delete(Path tree) throws IOException {
        List<Path> all;
        try (var files = Files.walk(tree)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
