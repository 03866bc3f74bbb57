package weir.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedPostgres;
import weir.embedded.EmbeddedProblem;
import weir.store.StoreProblem;
import weir.store.postgres.Copies;
import weir.store.postgres.PostgresAddress;

@Command(
        name = "restore",
        description = {
            "Makes the data of a server from a file that `weir backup` wrote.",
            "The folder must not hold data yet. Runs that had not ended go on with the next `weir serve`: what they did after"
                    + " the backup, they do again, with the same idempotency keys."
        },
        footer = {"Examples:", "  weir restore --data ./data weir-monday.zip", "  weir serve --data ./data"})
final class RestoreCommand implements Callable<Integer> {
    /// What a restore makes, and takes away again when it fails.
    private static final List<String> MADE = List.of("postgres", "postgres.new", "redis", "files", "secrets");

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "What `weir backup` wrote.")
    private String file = "";

    @Option(names = "--data", paramLabel = "DIR", description = "Where the data is to lie (WEIR_DATA, else ~/.weir).")
    private @Nullable String data;

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        Path home = BackupCommand.home(terminal, data, "restore");
        for (var name : MADE) {
            if (Files.exists(home.resolve(name))) {
                throw Failure.missing("there is data in " + home + " already (" + name
                        + "), and nothing is written over it: choose another folder with --data DIR.");
            }
        }
        try (var zip = new ZipFile(terminal.path(file).toFile())) {
            var contents = Archive.contents(zip);
            restore(zip, contents, home);
            terminal.out().printf("Restored %d runs to %s; `weir serve` goes on with them.%n", contents.runs(), home);
            return Exit.OK;
        } catch (NoSuchFileException missing) {
            throw Failure.usage("there is no file " + file + ".");
        } catch (ZipException garbled) {
            throw Failure.missing(file + " is no backup, or a damaged one: " + garbled.getMessage() + ".");
        } catch (IOException | StoreProblem | EmbeddedProblem problem) {
            throw Failure.missing("nothing was restored: " + problem.getMessage());
        }
    }

    private static void restore(ZipFile zip, Copies.Contents contents, Path home) throws IOException, EmbeddedProblem {
        boolean done = false;
        try (var directory = DataDirectory.open(home)) {
            try {
                try (var postgres = EmbeddedPostgres.start(directory)) {
                    Copies.read(PostgresAddress.of(postgres.uri()), contents, table -> Archive.table(zip, table));
                    Archive.unpack(zip, home);
                }
                done = true;
            } finally {
                if (!done) {
                    for (var name : MADE) {
                        delete(home.resolve(name));
                    }
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException problem) throws IOException {
                Files.deleteIfExists(inner);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
