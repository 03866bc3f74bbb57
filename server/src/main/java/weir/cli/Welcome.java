package weir.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import weir.cli.Terminal.Style;
import weir.server.Config;

/// The one screen that a started server shows.
final class Welcome {
    private final Terminal terminal;
    private final Config config;
    private final boolean own;

    /// @param own whether the databases are our own
    Welcome(Terminal terminal, Config config, boolean own) {
        this.terminal = terminal;
        this.config = config;
        this.own = own;
    }

    void print(URI address) throws InterruptedException {
        var out = terminal.out();
        out.println();
        out.println("  " + terminal.paint(Style.STRONG, "Weir is running."));
        out.println();
        line("Studio", terminal.paint(Style.BUSY, address.toString()));
        line("Data", own ? shortened(config.data()) : "in the databases that WEIR_POSTGRES and WEIR_REDIS name");
        line("Stop", "Ctrl-C; what is under way goes on at the next start");
        if (config.model().key() == null) {
            line("Describe it", "set OPENAI_API_KEY to have workflows written from plain words");
        }
        example(address).ifPresent(command -> {
            out.println();
            out.println("  Try it from another terminal:");
            out.println();
            out.println("  " + command);
        });
        out.println();
        out.flush();
    }

    private void line(String name, String text) {
        terminal.out().println("  " + terminal.paint(Style.QUIET, "%-12s".formatted(name)) + text);
    }

    /// A folder below the user's own is shown as the user writes it.
    private String shortened(Path folder) {
        String home = terminal.variable("HOME");
        String whole = folder.toAbsolutePath().normalize().toString();
        return home.length() > 1 && whole.startsWith(home + "/") ? "~" + whole.substring(home.length()) : whole;
    }

    /// A line that works as it stands: starts a run of a deployed workflow and waits for its result.
    private Optional<String> example(URI address) throws InterruptedException {
        String token = config.token() == null ? "" : config.token();
        try (var remote = new Remote(address.toString(), token)) {
            return remote.firstTry()
                    .map(one ->
                            "curl '%sapi/v1/workflows/%s/runs?wait=30s' -H 'Content-Type: application/json'%s -d '%s'"
                                    .formatted(
                                            address,
                                            one.name(),
                                            token.isEmpty() ? "" : " -H \"Authorization: Bearer $WEIR_TOKEN\"",
                                            one.input().replace("'", "'\\''")));
        } catch (Failure silent) {
            // The server runs all the same; only the example is missing.
            return Optional.empty();
        }
    }
}
