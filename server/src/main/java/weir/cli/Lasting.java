package weir.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import weir.embedded.EmbeddedProblem;
import weir.server.Config;

/// A command that lasts until somebody stops it: starts, says so, waits for Ctrl-C or SIGTERM, and stops in order
/// within a bound.
final class Lasting {
    private static final Duration BOUND = Duration.ofSeconds(40);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /// What lasts.
    interface Body {
        /// Starts, and then calls [Lasting#awaitEnd].
        void run(Lasting lasting) throws Failure, EmbeddedProblem, Config.Unusable, InterruptedException;
    }

    /// Runs the body until the process is asked to end. What cannot start is one sentence.
    static int run(Body body) throws Failure, InterruptedException {
        var lasting = new Lasting();
        var hook = new Thread(lasting::stop, "weir-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            body.run(lasting);
            return Exit.OK;
        } catch (EmbeddedProblem | Config.Unusable problem) {
            if (lasting.asked.getCount() == 0) {
                // Stopped while it was starting: what could not start then is no news.
                return Exit.OK;
            }
            throw Failure.missing(String.valueOf(problem.getMessage()));
        } finally {
            lasting.stopped.countDown();
        }
    }

    /// Waits until the process is asked to end.
    void awaitEnd() throws InterruptedException {
        asked.await();
    }

    /// Runs when the process ends for whatever reason; holds that up until everything is closed.
    private void stop() {
        if (stopped.getCount() == 0) {
            return;
        }
        asked.countDown();
        try {
            boolean inOrder = stopped.await(BOUND.toSeconds(), TimeUnit.SECONDS);
            // Ended as asked is no failure, whatever the signal; the journal holds what a late part left open.
            Runtime.getRuntime().halt(inOrder ? Exit.OK : Exit.FAILED);
        } catch (InterruptedException hurried) {
            Runtime.getRuntime().halt(Exit.FAILED);
        }
    }
}
