package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.StepFailure;

class FileHandlerTest {
    @TempDir
    Path folder;

    private Path root;
    private Steps files;

    @BeforeEach
    void make() throws Exception {
        root = Files.createDirectories(folder.resolve("shared"));
        files = Steps.of(new FileHandler(root, new Blobs(folder.resolve("blobs"))));
    }

    private static RecordValue.Builder with(String name, Value value) {
        return RecordValue.builder().put(name, value);
    }

    private static RecordValue.Builder path(String path) {
        return with("path", Value.of(path));
    }

    private static String code(org.junit.jupiter.api.function.Executable step) {
        return assertThrows(StepFailure.class, step).error().code();
    }

    @Test
    void whatWasWrittenIsReadAndItsJournalHoldsAReferenceOnly() throws Exception {
        files.perform("file.write", path("in/a.csv").put("content", Value.of("id,name\n1,\"A, B\"\n2,C\n")));
        var file = (RecordValue) files.perform("file.read", path("in/a.csv"));
        assertEquals(List.of("id", "name", "type", "size", "hash"), names(file));
        assertEquals(Value.of("text/csv"), file.get("type"));
        assertFalse(Json.text(file).contains("A, B"));
        assertEquals(
                Json.read("[{\"id\":\"1\",\"name\":\"A, B\"},{\"id\":\"2\",\"name\":\"C\"}]"),
                files.perform("file.csv", with("file", file)));
        files.perform("file.write", path("out/copy.csv").put("content", file));
        assertEquals(Files.readString(root.resolve("in/a.csv")), Files.readString(root.resolve("out/copy.csv")));
    }

    private static List<String> names(RecordValue record) {
        return record.shape() == null
                ? List.of()
                : java.util.stream.IntStream.range(0, record.size())
                        .mapToObj(record::nameAt)
                        .toList();
    }

    @Test
    void pathsThatLeadOutOfTheFolderAreRefused() throws Exception {
        Files.writeString(folder.resolve("secret.txt"), "s3cret");
        Files.createSymbolicLink(root.resolve("link"), folder);
        for (String path : List.of("../secret.txt", "a/../../secret.txt", "/etc/passwd", "link/secret.txt", "", ".")) {
            for (String action : List.of("file.read", "file.delete")) {
                var failure = assertThrows(StepFailure.class, () -> files.perform(action, path(path)));
                assertEquals("outside_folder", failure.error().code(), path);
                assertTrue(failure.error().permanent());
            }
            assertEquals(
                    "outside_folder",
                    code(() -> files.perform("file.write", path(path).put("content", Value.of("x")))));
        }
        assertEquals("s3cret", Files.readString(folder.resolve("secret.txt")));
    }

    @Test
    void filesAreListedMovedAndDeleted() throws Exception {
        for (String path : List.of("b.csv", "sub/a.csv", "c.txt")) {
            files.perform("file.write", path(path).put("content", Value.of("x")));
        }
        var listed = (ListValue) files.perform("file.list", with("pattern", Value.of("*.csv")));
        assertEquals(
                List.of(Value.of("b.csv"), Value.of("sub/a.csv")),
                listed.asList().stream()
                        .map(one -> ((RecordValue) one).get("path"))
                        .toList());
        files.perform("file.move", path("b.csv").put("to", Value.of("done/b.csv")));
        files.perform("file.move", path("b.csv").put("to", Value.of("done/b.csv")));
        assertTrue(Files.exists(root.resolve("done/b.csv")));
        assertEquals(NullValue.NULL, files.perform("file.delete", path("c.txt")));
        files.perform("file.delete", path("c.txt"));
        assertEquals("unknown_file", code(() -> files.perform("file.read", path("c.txt"))));
        assertEquals(1, ((ListValue) files.perform("file.list", with("folder", Value.of("sub")))).size());
    }

    @Test
    void aFileIsMadeOfATextAndReadAsJson() throws Exception {
        var file =
                files.perform("file.create", with("name", Value.of("a.json")).put("text", Value.of("{\"a\":[1,2]}")));
        assertEquals(Json.read("{\"a\":[1,2]}"), files.perform("file.json", with("file", file)));
        assertEquals(Value.of("{\"a\":[1,2]}"), files.perform("file.text", with("file", file)));
        var wrong =
                files.perform("file.create", with("name", Value.of("b.json")).put("text", Value.of("{")));
        assertEquals("not_json", code(() -> files.perform("file.json", with("file", wrong))));
    }

    @Test
    void withoutASharedFolderNothingOfTheMachineIsReached() {
        var none = Steps.of(new FileHandler(null, new Blobs(folder.resolve("blobs"))));
        assertEquals("no_folder", code(() -> none.perform("file.read", path("a.csv"))));
    }

    @Test
    void whatIsNoReferenceIsRefused() {
        var made = Json.read("{\"name\":\"a\",\"type\":\"t\",\"size\":1,\"hash\":\"../../secret\"}");
        assertEquals("bad_argument", code(() -> files.perform("file.text", with("file", made))));
    }
}
