package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weir.chaos.Talk;

/// Kills everything while runs talk to each other and to people: nothing that was said is lost, and nothing counts
/// twice.
@Timeout(600)
class TalkKillTest {
    private static final int RUNS = 40;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void whateverDiesEveryoneIsToldOnce() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("TalkKillTest seed " + seed);
        var random = new Random(seed);
        var over = new AtomicBoolean();
        try (var server = new ServerProcess(folder)) {
            server.awaitReady();
            var deployed = server.send("PUT", "/api/v1/workflows/family", "text/plain", Talk.TEXT);
            assertEquals(200, deployed.statusCode(), deployed.body());
            var runs = start(server);
            var people = Thread.ofVirtual().start(() -> answerAll(server, over));
            try {
                for (String victim : List.of("server", "postgres", "server", "redis-server")) {
                    Thread.sleep(200 + random.nextInt(600));
                    if (victim.equals("server")) {
                        server.kill();
                        server.restart();
                    } else {
                        assertTrue(server.killChild(victim), victim + " is not running");
                    }
                    server.awaitReady();
                }
                for (int n = 0; n < RUNS; n++) {
                    var run = awaitEnd(server, "/api/v1/runs/" + runs.get(n));
                    assertEquals("succeeded", run.get("status").asText(), run.toPrettyString());
                    assertEquals(2 * n, run.get("output").get("twice").asInt());
                }
                for (String workflow : List.of("helper", "counted")) {
                    assertEquals(RUNS, awaitAll(server, workflow), "runs of " + workflow);
                }
            } finally {
                over.set(true);
                people.join();
            }
            assertEquals(
                    0, json(server, "/api/v1/tasks?status=open").get("tasks").size());
        }
    }

    private static List<String> start(ServerProcess server) throws Exception {
        var runs = new ArrayList<String>();
        for (int n = 0; n < RUNS; n++) {
            var answer = server.send("POST", "/api/v1/workflows/family/runs", "application/json", "{\"n\": " + n + "}");
            assertEquals(202, answer.statusCode(), answer.body());
            runs.add(JSON.readTree(answer.body()).get("id").asText());
        }
        return runs;
    }

    /// What people do: look at the list again and again, and answer what is open.
    private static void answerAll(ServerProcess server, AtomicBoolean over) {
        while (!over.get()) {
            try {
                for (var task :
                        json(server, "/api/v1/tasks?status=open&limit=200").path("tasks")) {
                    server.send(
                            "POST",
                            "/api/v1/tasks/" + task.get("id").asText() + "/answer",
                            "application/json",
                            "{\"approved\": true, \"by\": \"ann\"}");
                }
                Thread.sleep(50);
            } catch (IOException down) {
                // it is being started again
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private static JsonNode json(ServerProcess server, String path) throws IOException, InterruptedException {
        return JSON.readTree(server.get(path).body());
    }

    private static JsonNode awaitEnd(ServerProcess server, String path) throws Exception {
        for (int i = 0; i < 2_400; i++) {
            try {
                var view = json(server, path);
                if (List.of("succeeded", "failed", "cancelled")
                        .contains(view.path("status").asText())) {
                    return view;
                }
            } catch (IOException down) {
                // it is being started again
            }
            Thread.sleep(50);
        }
        throw new AssertionError("has not ended after two minutes: " + json(server, path));
    }

    /// @return how many there are when all have ended
    private static int awaitAll(ServerProcess server, String workflow) throws Exception {
        JsonNode runs = JSON.createArrayNode();
        for (int i = 0; i < 600; i++) {
            runs = json(server, "/api/v1/runs?limit=200&workflow=" + workflow).path("runs");
            int ended = 0;
            for (var run : runs) {
                ended += run.path("status").asText().equals("succeeded") ? 1 : 0;
            }
            if (ended >= RUNS && ended == runs.size()) {
                return ended;
            }
            Thread.sleep(50);
        }
        return runs.size();
    }
}
