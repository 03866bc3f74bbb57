package weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// The files of `bench/inputs` and `bench/workflows`.
final class Inputs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /// @param root the checkout
    Inputs(Path root) {
        this.folder = root.resolve("bench");
    }

    /// 1,000 orders of about 1 kB.
    List<JsonNode> orders() throws IOException {
        return lines("inputs/orders.ndjson.gz");
    }

    /// 10,000 inputs of the table; `expect` is the id of the first matching rule, -1 for none.
    List<JsonNode> tableInputs() throws IOException {
        return lines("inputs/inputs.ndjson.gz");
    }

    /// A table of 100 rules with 6 columns.
    JsonNode table() throws IOException {
        return JSON.readTree(text("inputs/table.json"));
    }

    /// One order of 5 kB.
    String largeOrder() throws IOException {
        return text("inputs/order-5k.json");
    }

    String workflow(String name) throws IOException {
        return text("workflows/" + name + ".weir");
    }

    Path script(String name) {
        return folder.resolve(name);
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(name))), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.add(JSON.readTree(line));
            }
        }
        return all;
    }
}
