package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import weir.graph.Library;
import weir.model.Answers;
import weir.model.Type;
import weir.simulation.People;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

class AskingTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Asking asking(String typed, boolean screen, Map<String, RecordValue> given) {
        var terminal = new Terminal(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("NO_COLOR", "1"),
                Path.of(""),
                new Terminal.Screens(screen, false, false));
        return new Asking(terminal, Library.EMPTY, given);
    }

    private static People.Question question() {
        var days = new Type.Field("days", Type.Basic.INT, false, "");
        return new People.Question(
                new UUID(0, 1),
                "answer",
                "Pay 5?",
                RecordValue.of("role", Value.of("finance")),
                Answers.type(List.of(days)),
                null);
    }

    @Test
    void aPersonAtTheTerminalIsAskedUntilTheAnswerFits() throws Exception {
        var answer = new CompletableFuture<RecordValue>();
        try (var asking = asking("maybe\ny fine by me\nsoon\nN too dear\n3\n", true, Map.of())) {
            assertTrue(asking.ask(question(), answer::complete));
            var given = answer.get(30, TimeUnit.SECONDS);
            assertEquals(Value.of(false), given.get("approved"));
            assertEquals(Value.of("too dear"), given.get("comment"));
            assertEquals(Value.of(3), given.get("days"));
        }
        String shown = err.toString(StandardCharsets.UTF_8);
        assertTrue(shown.startsWith("? Pay 5?  (role \"finance\")"), shown);
        assertTrue(shown.contains("days (int): "), shown);
        assertTrue(shown.contains("`answer.days`") || shown.contains("answer.days"), shown);
    }

    @Test
    void anAnswerOfTheCommandLineNeedsNobody() {
        var answer = new CompletableFuture<RecordValue>();
        var given = (RecordValue) Json.read("{\"days\": 2, \"by\": \"ada\"}");
        try (var asking = asking("", true, Map.of("answer", given))) {
            assertTrue(asking.ask(question(), answer::complete));
        }
        assertEquals(Json.read("{\"approved\": true, \"by\": \"ada\", \"days\": 2}"), answer.join());
    }

    @Test
    void whereNobodyCanAnswerItIsSaid() {
        try (var asking = asking("", false, Map.of())) {
            assertFalse(asking.ask(question(), answer -> {}));
        }
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("give --answer answer="));
    }
}
