package weir.cli;

/// The exit codes of every command; the help of `weir` lists them.
final class Exit {
    /// What was asked for was done.
    static final int OK = 0;
    /// It was done, and the outcome is bad: the text has errors, the run or a test failed.
    static final int FAILED = 1;
    /// The command line does not make sense, or names a file that cannot be read.
    static final int USAGE = 2;
    /// Something outside is missing or in the way: a free port, a folder, a key, a server.
    static final int MISSING = 3;
    /// Weir itself failed, which is a bug.
    static final int BUG = 4;

    private Exit() {}
}
