package weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import weir.server.Config;

@Command(
        name = "doctor",
        description = {
            "Looks whether a server has what it needs, and says what to do about what it has not.",
            "Changes nothing, and works while the server runs and while it does not: databases and their tables, clock, roles,"
                    + " disk, port, keys. Ends with 1 when something has to be done before a server can work."
        },
        footer = {"Examples:", "  weir doctor", "  weir doctor --data ./data --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--data", paramLabel = "DIR", description = "Where the data lies (WEIR_DATA, else ~/.weir).")
    private @Nullable String data;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        Config config;
        try {
            config = ServeCommand.read(terminal, data);
        } catch (Config.Unusable wrong) {
            throw Failure.missing(String.valueOf(wrong.getMessage()));
        }
        var findings = Doctor.look(config, !terminal.variable("WEIR_MASTER_KEY").isBlank());
        boolean well = findings.stream().noneMatch(finding -> finding.level() == Doctor.Level.FAIL);
        if (json) {
            var object = new ObjectMapper().createObjectNode().put("well", well);
            var array = object.putArray("findings");
            findings.forEach(finding -> array.addObject()
                    .put("level", word(finding.level()))
                    .put("part", finding.part())
                    .put("sentence", finding.sentence()));
            terminal.out().println(object.toPrettyString());
        } else {
            findings.forEach(finding -> terminal.out()
                    .printf("%-4s  %-10s  %s%n", word(finding.level()), finding.part(), finding.sentence()));
        }
        return well ? Exit.OK : Exit.FAILED;
    }

    private static String word(Doctor.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
