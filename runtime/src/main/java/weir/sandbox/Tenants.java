package weir.sandbox;

import weir.eval.Scripts;

/// Runs the scripts of several organisations. Costs nothing until the first script comes, or [#prewarm] is called.
/// Shared between threads.
public interface Tenants extends AutoCloseable {
    /// The scripts of an organisation; what they do is felt by none of the others.
    Scripts of(int organisation);

    /// Makes ready in the background what the first script would otherwise wait for.
    void prewarm();

    @Override
    void close();
}
