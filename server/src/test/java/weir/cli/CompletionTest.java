package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionTest {
    private static String script(String... arguments) {
        var typed = Typed.in(Path.of(""), Map.of("SHELL", "/bin/zsh"), "", List.of(arguments));
        assertEquals(Exit.OK, typed.exit(), typed.err());
        return typed.out();
    }

    /// What bash says when it completes a word after `weir`.
    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        String script = script("completion", "bash");
        assertEquals("check", completed(script, "che"));
        assertEquals("--port", completed(script, "serve", "--po"));
    }

    private static String completed(String script, String... words) throws IOException, InterruptedException {
        String line = "weir " + String.join(" ", words);
        String asked = script + """

                COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE="%s"; COMP_POINT=%d
                _complete_weir
                echo "${COMPREPLY[@]}"
                """.formatted(line, words.length, line, line.length());
        Process bash;
        try {
            bash = new ProcessBuilder("bash", "-s")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException none) {
            assumeTrue(false, "there is no bash");
            throw none;
        }
        try (var in = bash.getOutputStream()) {
            in.write(asked.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return said.strip();
    }

    @Test
    void withoutANameTheShellOfTheUserIsTaken() {
        assertTrue(script("completion").contains("bashcompinit"));
        assertEquals(-1, script("completion", "bash").indexOf("autoload -Uz compinit"));
    }
}
