package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.generate.FakeModel;

class GenerateCommandTest {
    private static final String WRONG = """
        workflow hello(name: string) {
          log nmae
        }
        """;
    private static final String RIGHT = WRONG.replace("nmae", "name");

    @TempDir
    private Path folder;

    private Typed generate(FakeModel model, String... arguments) {
        var all = new java.util.ArrayList<>(List.of("generate"));
        all.addAll(List.of(arguments));
        return Typed.in(folder, Map.of("OPENAI_API_KEY", "sk-hidden", "OPENAI_BASE_URL", model.address()), "", all);
    }

    private static String fenced(String text) {
        return "Here it is.\n\n```weir\n" + text + "```\n";
    }

    @Test
    void aTextIsCorrectedUntilItIsRightAndThenWritten() throws IOException {
        try (var model = new FakeModel().says(fenced(WRONG)).says(fenced(RIGHT))) {
            var typed = generate(model, "greet somebody", "-o", "hello.weir");
            assertEquals(Exit.OK, typed.exit(), typed.err());
            assertEquals(RIGHT, Files.readString(folder.resolve("hello.weir")));
            assertEquals("", typed.out());
            assertTrue(typed.err().contains("Written to hello.weir"), typed.err());
            assertTrue(model.lastMessage(1).contains("W2001"), model.lastMessage(1));
        }
    }

    @Test
    void aTextThatStaysWrongIsShownWithItsMistakes() {
        try (var model = new FakeModel()) {
            for (int round = 0; round < 5; round++) {
                model.says(fenced(WRONG));
            }
            var typed = generate(model, "greet somebody");
            assertEquals(Exit.FAILED, typed.exit());
            assertEquals(WRONG, typed.out());
            assertTrue(typed.err().contains("W2001"), typed.err());
            assertTrue(typed.err().contains("still has 1 error"), typed.err());
        }
    }

    @Test
    void whatWouldBeSentIsShownWithoutSendingIt() {
        try (var model = new FakeModel()) {
            var typed = generate(model, "greet somebody", "--show-prompt");
            assertEquals(Exit.OK, typed.exit(), typed.err());
            assertTrue(typed.out().contains("greet somebody"), typed.out());
            assertFalse(typed.out().contains("sk-hidden"), "no key is shown");
            assertEquals(List.of(), model.asked());
        }
    }
}
