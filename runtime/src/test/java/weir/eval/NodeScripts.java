package weir.eval;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import weir.source.Span;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Node in the place of the sandbox: another implementation of ECMAScript to be held against. It runs in a process of
/// its own, one script after the other, and calls nothing of ours.
final class NodeScripts implements Scripts, AutoCloseable {
    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    /// @throws UncheckedIOException when there is no Node here
    NodeScripts() {
        try {
            var script = Path.of(Objects.requireNonNull(NodeScripts.class.getResource("node.mjs"))
                    .toURI());
            process = new ProcessBuilder("node", script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            in = process.outputWriter(StandardCharsets.UTF_8);
            out = process.inputReader(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether there is a Node on this machine.
    static boolean areHere() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    @Override
    public Value run(String body, List<String> parameters, List<Value> arguments) {
        var names = new ArrayList<Value>();
        parameters.forEach(name -> names.add(Value.of(name)));
        var asked = RecordValue.builder()
                .put("body", Value.of(body))
                .put("parameters", ListValue.of(names))
                .build();
        // The values are in the exact form, which is JSON, too.
        var text = Json.text(asked);
        var line = text.substring(0, text.length() - 1) + ",\"values\":" + "["
                + String.join(",", arguments.stream().map(Json::exactText).toList()) + "]}";
        try {
            in.write(line);
            in.newLine();
            in.flush();
            var answer = out.readLine();
            if (answer == null) {
                throw new IllegalStateException("Node has ended");
            }
            if (answer.startsWith("=")) {
                return Json.readExact(answer.substring(1));
            }
            throw failure((RecordValue) Json.read(answer.substring(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EvaluationError failure(RecordValue answer) {
        var name = Coercion.text(Members.get(answer, "name"));
        var message = Coercion.text(Members.get(answer, "message"));
        return name.equals("Limit")
                ? new EvaluationError("limit_size", message, Span.NONE)
                : new EvaluationError("script_error", name + ": " + message, Span.NONE);
    }

    @Override
    public Value run(Script script, List<Value> arguments, Host host) {
        return run(script.body(), script.parameters(), arguments);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
