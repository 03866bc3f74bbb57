package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The commands that last, as processes of their own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServeTest {
    private static final Pattern STUDIO = Pattern.compile("Studio +http://127\\.0\\.0\\.1:(\\d+)/");

    /// Directly below the folder for such things: what root makes there in private, PostgreSQL's user could not
    /// enter.
    private final Path data = Path.of(System.getProperty("java.io.tmpdir"))
            .toAbsolutePath()
            .resolve("weir-serve-test-" + ProcessHandle.current().pid());

    private Running server = new Running(List.of());

    /// A command under way.
    private static final class Running {
        private final List<String> arguments;
        private final StringBuffer said = new StringBuffer();
        private Process process;

        Running(List<String> arguments) {
            this.arguments = arguments;
        }

        Running start() throws IOException {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
            command.addAll(arguments);
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_") || name.startsWith("OPENAI_"));
            builder.environment().put("WEIR_SANDBOX_ISOLATION", "processes");
            process = builder.start();
            var reader = Thread.ofPlatform().daemon().start(this::read);
            reader.setName("output of weir " + arguments.getFirst());
            return this;
        }

        private void read() {
            try (var in = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    said.append(line).append('\n');
                }
            } catch (IOException ended) {
                // The process is gone.
            }
        }

        /// Waits until it has said something that matches.
        String heard(Pattern pattern) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
            while (System.nanoTime() < deadline) {
                var found = pattern.matcher(said);
                if (found.find()) {
                    return found.group(1);
                }
                assertTrue(process.isAlive(), () -> "it ended, saying:\n" + said);
                Thread.sleep(20);
            }
            throw new AssertionError("it did not say " + pattern + ", but:\n" + said);
        }

        int exit() throws InterruptedException {
            assertTrue(process.waitFor(4, TimeUnit.MINUTES), () -> "it does not end, saying:\n" + said);
            return process.exitValue();
        }

        void stop() throws InterruptedException {
            if (process != null) {
                process.destroy();
                exit();
            }
        }
    }

    /// A stored run becomes a test of its text.
    private static void recordsATest(String run, String port) throws Exception {
        var recording = new Running(List.of("test", "--record", run, "--server", "http://127.0.0.1:" + port)).start();
        assertEquals(Exit.OK, recording.exit(), () -> recording.said.toString());
        String test = recording.said.toString();
        assertTrue(test.startsWith("test \"hello as recorded at 2"), test);
        assertTrue(test.contains("\n  expect result === { text: \"Hello, "), test);
    }

    private Running serve(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("serve", "--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(more));
        return new Running(arguments).start();
    }

    @BeforeAll
    void start() throws IOException {
        server = serve();
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        server.stop();
        if (Files.exists(data)) {
            try (var files = Files.walk(data)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void deploysAFolder(Path texts, String address) throws Exception {
        Path other = texts.resolve("other.weir");
        Files.move(other, data.resolve("other.weir"));
        var deployment = new Running(List.of("deploy", texts.toString(), "--server", address)).start();
        assertEquals(Exit.OK, deployment.exit(), () -> deployment.said.toString());
        String said = deployment.said.toString();
        assertTrue(said.contains("words.weir declares no workflow and no rules; nothing of it is sent"), said);
        assertTrue(said.contains("✓ hello, version "), said);
        assertTrue(said.contains("✓ goodbye, version 1"), said);
        Files.move(data.resolve("other.weir"), other);
    }

    private void deploysOnlyWhatBelongsToTheFile(Path texts, String address) throws Exception {
        var command = List.of("deploy", texts.resolve("other.weir").toString(), "--server", address);
        var refused = new Running(command).start();
        assertEquals(Exit.FAILED, refused.exit(), () -> refused.said.toString());
        String said = refused.said.toString();
        assertTrue(said.contains("hello belongs to ") && said.contains("--replace"), said);
        var taken = new Running(
                        Stream.concat(command.stream(), Stream.of("--replace")).toList())
                .start();
        assertEquals(Exit.OK, taken.exit(), () -> taken.said.toString());
        var back = new Running(
                        List.of("deploy", texts.resolve("hello.weir").toString(), "--server", address, "--replace"))
                .start();
        assertEquals(Exit.OK, back.exit(), () -> back.said.toString());
    }

    @Test
    void scriptsRunInProcessesThatEndWithTheServer() throws Exception {
        String address = "http://127.0.0.1:" + server.heard(STUDIO);
        Path text = Files.writeString(
                Files.createDirectories(data.resolve("scripts")).resolve("sum.weir"), """
            function sum(to: number) -> number
            ```js
              let all = 0;
              for (let i = 0; i <= to; i++) all += i;
              return all;
            ```

            workflow sum_up(to: number) -> number {
              return sum(to)
            }
            """);
        var deployment = new Running(List.of("deploy", text.toString(), "--server", address)).start();
        assertEquals(Exit.OK, deployment.exit(), () -> deployment.said.toString());
        String answer = curl(
                "-H",
                "Content-Type: application/json",
                "-d",
                "{\"to\":100}",
                address + "/api/v1/workflows/sum_up/runs?wait=30s");
        assertTrue(answer.contains("5050"), answer);
        assertTrue(curl(address + "/metrics").contains("\nweir_script_processes 1\n"));
        assertTrue(curl(address + "/health").contains("\"scripts\":\"up\""));
        var processes = server.process
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .toList();
        assertTrue(processes.size() >= 1);
        server.stop();
        for (var process : processes) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
        server = serve();
    }

    private static String curl(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("curl", "-s"));
        command.addAll(List.of(arguments));
        var curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aServerStartsTakesTextsStopsInOrderAndFindsItsDataAgain() throws Exception {
        String port = server.heard(STUDIO);
        var texts = Files.createDirectories(data.resolve("texts"));
        Files.writeString(texts.resolve("hello.weir"), """
            use "words.weir"

            workflow hello(name: string) -> { text: string } {
              return { text: greeting(name) }
            }

            workflow goodbye() {
              log "Bye"
            }
            """);
        Files.writeString(
                texts.resolve("words.weir"), "function greeting(name: string) -> string = `Hello, ${name}!`\n");
        Files.writeString(texts.resolve("other.weir"), "workflow hello() {\n  log 1\n}\n");
        String address = "http://127.0.0.1:" + port;
        deploysAFolder(texts, address);
        deploysOnlyWhatBelongsToTheFile(texts, address);

        var second = serve();
        assertEquals(Exit.MISSING, second.exit());
        assertTrue(second.said.toString().contains("Another Weir server is using the data"), second.said.toString());

        var samePort = new Running(List.of("serve", "--port", port, "--data", data + "-other")).start();
        assertEquals(Exit.MISSING, samePort.exit());
        assertTrue(samePort.said.toString().contains("a Weir server runs there already"), samePort.said.toString());

        server.stop();
        assertEquals(Exit.OK, server.process.exitValue(), () -> server.said.toString());
        server = serve();
        port = server.heard(STUDIO);
        String line = server.heard(Pattern.compile("(curl .*)\n"));
        assertTrue(line.contains("/workflows/hello/runs?wait=30s"), line);
        var curl =
                new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.contains("\"status\":\"succeeded\""), answer);
        recordsATest(answer.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1"), port);
    }
}
