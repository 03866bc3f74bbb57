package weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// The `weir` command.
@Command(
        name = "weir",
        description = "A workflow language and the durable server that runs it.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Runnable {
    private final CommandLine.Model.CommandSpec spec;

    private Main() {
        spec = CommandLine.Model.CommandSpec.forAnnotatedObject(this);
    }

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main().spec).execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// The version in the manifest of the jar; without a jar there is none.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"weir " + (version == null ? "(development)" : version)};
        }
    }
}
