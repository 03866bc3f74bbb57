package weir.cli;

/// Ends a command with an exit code and one sentence for people; the sentence may be empty when everything was said.
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private final int exit;

    private Failure(int exit, String sentence) {
        super(sentence);
        this.exit = exit;
    }

    /// The outcome is bad.
    static Failure failed(String sentence) {
        return new Failure(Exit.FAILED, sentence);
    }

    /// The command line does not make sense.
    static Failure usage(String sentence) {
        return new Failure(Exit.USAGE, sentence);
    }

    /// Something outside is missing or in the way.
    static Failure missing(String sentence) {
        return new Failure(Exit.MISSING, sentence);
    }

    int exit() {
        return exit;
    }

    String sentence() {
        return java.util.Objects.requireNonNullElse(getMessage(), "");
    }
}
