package weir.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Keeps a number of runs under way, as clients do that want to be sure: each start has a key and is sent until it is
/// accepted, each run is looked at until it has ended.
final class Load {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OVER = List.of("succeeded", "failed", "cancelled");
    private static final long LOOK_MS = 1_500;
    private static final long AGAIN_MS = 200;

    private final Cluster cluster;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, String> accepted = new ConcurrentHashMap<>();
    private final Map<Integer, JsonNode> ended = new ConcurrentHashMap<>();
    private final Map<Integer, String> refused = new ConcurrentHashMap<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean starting = true;
    private volatile boolean looking = true;

    /// @param atOnce runs under way at any time
    Load(Cluster cluster, int atOnce) {
        this.cluster = cluster;
        for (int i = 0; i < atOnce; i++) {
            clients.add(Thread.ofVirtual().unstarted(this::client));
        }
        clients.add(Thread.ofVirtual().unstarted(this::person));
    }

    void start() {
        clients.forEach(Thread::start);
    }

    /// Starts nothing more.
    void wane() {
        starting = false;
    }

    /// @return whether everything that was accepted has ended
    boolean isOver() {
        return !starting && clients.subList(0, clients.size() - 1).stream().noneMatch(Thread::isAlive);
    }

    void stop() throws InterruptedException {
        starting = false;
        looking = false;
        for (var client : clients) {
            client.join();
        }
    }

    /// The runs' ids by their numbers.
    Map<Integer, String> accepted() {
        return new TreeMap<>(accepted);
    }

    /// The views of runs that have ended, by their numbers.
    Map<Integer, JsonNode> ended() {
        return new TreeMap<>(ended);
    }

    /// What was answered to a start that nobody can accept; there should be none.
    Map<Integer, String> refused() {
        return new TreeMap<>(refused);
    }

    private void client() {
        try {
            while (starting) {
                int n = next.incrementAndGet();
                var id = begin(n);
                var view = id == null ? null : end(id);
                if (view != null) {
                    ended.put(n, view);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String begin(int n) throws InterruptedException {
        while (looking) {
            try {
                var answer = cluster.send(
                        "POST",
                        "/api/v1/workflows/" + Story.of(n).workflow() + "/runs",
                        "application/json",
                        "{\"n\": " + n + "}",
                        "Idempotency-Key",
                        "start-" + n);
                if (answer.statusCode() / 100 == 2) {
                    var id = JSON.readTree(answer.body()).path("id").asText();
                    accepted.put(n, id);
                    return id;
                }
                if (answer.statusCode() != 429 && answer.statusCode() < 500) {
                    refused.put(n, answer.body());
                    return null;
                }
            } catch (IOException down) {
                // it is told to start until somebody hears it
            }
            Thread.sleep(AGAIN_MS);
        }
        return null;
    }

    private @Nullable JsonNode end(String id) throws InterruptedException {
        while (looking) {
            Thread.sleep(LOOK_MS);
            try {
                var answer = cluster.get("/api/v1/runs/" + id);
                if (answer.statusCode() == 404) {
                    return JSON.createObjectNode().put("status", "lost");
                }
                if (answer.statusCode() == 200) {
                    var view = JSON.readTree(answer.body());
                    if (OVER.contains(view.path("status").asText())) {
                        return view;
                    }
                }
            } catch (IOException down) {
                // looked at again
            }
        }
        return null;
    }

    /// What a person does: looks at the list of questions again and again, and answers what is open.
    private void person() {
        try {
            while (looking) {
                try {
                    var open = JSON.readTree(
                            cluster.get("/api/v1/tasks?status=open&limit=200").body());
                    for (var task : open.path("tasks")) {
                        cluster.send(
                                "POST",
                                "/api/v1/tasks/" + task.path("id").asText() + "/answer",
                                "application/json",
                                "{\"approved\": true, \"by\": \"ann\"}");
                    }
                } catch (IOException down) {
                    // looked at again
                }
                Thread.sleep(AGAIN_MS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
