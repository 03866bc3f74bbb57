package weir.worker;

import weir.engine.RunError;

/// An action that failed, with what the workflow may know about it.
public final class StepFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient RunError error;

    public StepFailure(RunError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public StepFailure(String code, String message) {
        this(RunError.of(code, message));
    }

    /// A failure that no retry mends.
    public static StepFailure permanent(String code, String message) {
        return new StepFailure(RunError.of(code, message).forGood());
    }

    public RunError error() {
        return error;
    }
}
