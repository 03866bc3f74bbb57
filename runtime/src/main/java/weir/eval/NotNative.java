package weir.eval;

/// Thrown, while compiling or running, where only a JavaScript engine knows the answer: the whole expression then goes
/// to the sandbox. Expressions have no effects, so starting again is safe.
final class NotNative extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param what what is not native, as people know it (`localeCompare`)
    NotNative(String what) {
        super(what, null, false, false);
    }
}
