package weir.simulation.cluster;

/// The process is killed: nothing after this happens in it.
final class Died extends Error {
    private static final long serialVersionUID = 1L;

    Died() {
        super("killed", null, false, false);
    }
}
