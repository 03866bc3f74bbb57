package weir.cli;

/// The `weir` command.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(new Weir(Terminal.ofProcess(), arguments).run(arguments));
    }
}
