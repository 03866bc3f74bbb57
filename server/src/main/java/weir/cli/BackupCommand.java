package weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedPostgres;
import weir.embedded.EmbeddedProblem;
import weir.server.Config;
import weir.store.StoreProblem;
import weir.store.postgres.PostgresAddress;

@Command(
        name = "backup",
        description = {
            "Copies the data of a server to one file, while it runs or when it is stopped.",
            "The file holds everything as it is at one moment: workflows, runs, connections with the key that opens them, and"
                    + " files. Keep it as safe as the data. A server with WEIR_POSTGRES is backed up with PostgreSQL's own tools."
        },
        footer = {"Examples:", "  weir backup weir-monday.zip", "  weir backup --data ./data weir-monday.zip"})
final class BackupCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "Is made; one that is there stays as it is.")
    private String file = "";

    @Option(names = "--data", paramLabel = "DIR", description = "Where the data lies (WEIR_DATA, else ~/.weir).")
    private @Nullable String data;

    BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        Path target = terminal.path(file).toAbsolutePath();
        if (Files.exists(target)) {
            throw Failure.usage(file + " is there already; choose another name.");
        }
        Path home = home(terminal, data, "backup");
        if (!EmbeddedPostgres.exists(home)) {
            throw Failure.missing(
                    "there is no data in " + home + "; --data DIR or WEIR_DATA says where the server keeps it.");
        }
        try {
            var running = EmbeddedPostgres.running(home);
            long runs = running.isPresent()
                    ? Archive.write(target, PostgresAddress.of(running.get()), home)
                    : stopped(target, home);
            terminal.out().printf("Backed up %d runs to %s (%d kB).%n", runs, file, Files.size(target) / 1_000);
            return Exit.OK;
        } catch (IOException | StoreProblem | EmbeddedProblem problem) {
            throw Failure.missing("the backup was not made: " + problem.getMessage());
        }
    }

    private static long stopped(Path target, Path home) throws EmbeddedProblem, IOException {
        try (var directory = DataDirectory.open(home);
                var postgres = EmbeddedPostgres.start(directory)) {
            return Archive.write(target, PostgresAddress.of(postgres.uri()), home);
        }
    }

    /// Where the embedded data lies.
    static Path home(Terminal terminal, @Nullable String data, String verb) throws Failure {
        try {
            var config = ServeCommand.read(terminal, data);
            if (config.postgres() != null) {
                throw Failure.missing("WEIR_POSTGRES names a server of yours: " + verb
                        + " it with PostgreSQL's own tools, such as pg_dump and pg_restore.");
            }
            return config.data().toAbsolutePath().normalize();
        } catch (Config.Unusable wrong) {
            throw Failure.missing(String.valueOf(wrong.getMessage()));
        }
    }
}
