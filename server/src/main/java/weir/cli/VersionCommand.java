package weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import weir.graph.Graph;

@Command(name = "version", description = "Says which Weir this is, and on which Java.")
final class VersionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// The version in the manifest of the jar; without a jar there is none.
    static String number() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    @Override
    public Integer call() {
        String java = Runtime.version().toString();
        String home = System.getProperty("java.home");
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (json) {
            terminal.out()
                    .println(new ObjectMapper()
                            .createObjectNode()
                            .put("version", number())
                            .put("language", Graph.LEVEL)
                            .put("java", java)
                            .put("javaHome", home)
                            .put("platform", platform)
                            .toPrettyString());
        } else {
            terminal.out()
                    .printf(
                            "weir %s (language level %d)%nJava %s in %s%n%s%n",
                            number(), Graph.LEVEL, java, home, platform);
        }
        return Exit.OK;
    }
}
