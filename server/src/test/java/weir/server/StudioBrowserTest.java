package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The studio in a real browser on the real server: open, make a mistake, see it marked, mend it, save, run, watch. The
/// screenshots stay in `server/target/studio`. Left out where there is no Chromium or the studio was not built.
@Timeout(600)
class StudioBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path STUDIO = Path.of("").toAbsolutePath().resolveSibling("studio");

    @TempDir
    private Path folder;

    @Test
    void aMistakeIsMarkedMendedSavedAndRunInTheBrowser() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "there is no Chromium at " + CHROMIUM);
        assumeTrue(
                Files.isDirectory(STUDIO.resolve("node_modules/playwright-core"))
                        && StudioBrowserTest.class.getResource("/studio/index.html") != null,
                "the studio is not built");
        var shots = Path.of("target", "studio").toAbsolutePath();
        try (var server = new ServerProcess(folder)) {
            server.awaitReady();
            var browser = new ProcessBuilder("node", "test/e2e.mjs")
                    .directory(STUDIO.toFile())
                    .redirectErrorStream(true);
            browser.environment().put("BASE_URL", server.at("/").toString());
            browser.environment().put("CHROMIUM", CHROMIUM.toString());
            browser.environment().put("OUT", shots.toString());
            var process = browser.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), said);
        }
    }
}
