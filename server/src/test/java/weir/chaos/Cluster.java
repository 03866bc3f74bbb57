package weir.chaos;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedPostgres;
import weir.embedded.EmbeddedProblem;
import weir.embedded.EmbeddedRedis;

/// A server and two workers, each a process, and the PostgreSQL and Redis that they reach by wires.
final class Cluster implements AutoCloseable {
    private static final int DISK_MIB = 3_000;
    private static final int WORKERS = 2;
    private static final int READY_TRIES = 2_400;
    private static final Duration REQUEST = Duration.ofSeconds(20);

    private final Disk disk;
    private final DataDirectory data;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final Wire toPostgres;
    private final Wire toRedis;
    private final Part server;
    private final List<Part> workers = new ArrayList<>();
    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /// @param logs the folder that the logs of all processes go to
    Cluster(Path logs) throws IOException, InterruptedException, EmbeddedProblem {
        Files.createDirectories(logs);
        disk = Disk.open(DISK_MIB);
        Path binaries =
                Path.of(System.getProperty("java.io.tmpdir"), "weir-test-binaries-" + System.getProperty("user.name"));
        data = DataDirectory.open(disk.folder(), binaries);
        postgres = EmbeddedPostgres.start(data);
        redis = EmbeddedRedis.start(data);
        toPostgres = new Wire(postgres.uri().getPort());
        toRedis = new Wire(redis.uri().getPort());
        int port = freePort();
        address = URI.create("http://127.0.0.1:" + port);
        var environment = Map.of(
                "WEIR_POSTGRES",
                toPostgres.through(postgres.uri()).toString(),
                "WEIR_REDIS",
                toRedis.through(redis.uri()).toString(),
                "WEIR_MASTER_KEY",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "WEIR_EXAMPLES",
                "no");
        Path home = logs.resolve("server");
        server = new Part(
                "server",
                List.of("serve", "--port", Integer.toString(port), "--data", home.toString()),
                environment,
                logs.resolve("server.log"));
        for (int i = 1; i <= WORKERS; i++) {
            workers.add(new Part("worker " + i, List.of("worker"), environment, logs.resolve("worker" + i + ".log")));
        }
        startAll();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void startAll() throws IOException {
        server.start();
        for (var worker : workers) {
            worker.start();
        }
    }

    Part server() {
        return server;
    }

    List<Part> workers() {
        return workers;
    }

    /// Server and workers.
    List<Part> parts() {
        var parts = new ArrayList<>(workers);
        parts.add(server);
        return parts;
    }

    Wire toPostgres() {
        return toPostgres;
    }

    Wire toRedis() {
        return toRedis;
    }

    Disk disk() {
        return disk;
    }

    URI redisItself() {
        return redis.uri();
    }

    /// PostgreSQL's main process and all its helpers; none while it is being started.
    List<ProcessHandle> postgresProcesses() throws IOException {
        return postgres.process().map(Cluster::withChildren).orElse(List.of());
    }

    Optional<ProcessHandle> redisProcess() throws IOException {
        return redis.process();
    }

    private static List<ProcessHandle> withChildren(ProcessHandle main) {
        var all = new ArrayList<>(List.of(main));
        main.descendants().forEach(all::add);
        return all;
    }

    /// Waits until the server says that it is ready.
    void awaitReady() throws IOException, InterruptedException {
        for (int i = 0; i < READY_TRIES; i++) {
            try {
                if (get("/health/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // it is being started
            }
            Thread.sleep(50);
        }
        throw new IOException("the server is not ready after two minutes");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String type, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                request(path).header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(REQUEST);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        disk.empty();
        for (var part : parts()) {
            part.signal("CONT");
            part.close();
        }
        toPostgres.close();
        toRedis.close();
        postgres.close();
        redis.close();
        data.close();
        disk.close();
        http.close();
    }
}
