package weir.cli;

import java.util.List;

/// What is going on and for how long already, on one line of the terminal that is wiped out at the end. Where standard
/// error is no terminal it says nothing.
final class StatusLine implements AutoCloseable {
    private final LiveLines lines;
    private volatile Work work = new Work("", System.nanoTime());

    private record Work(String text, long since) {
        List<LiveLines.Line> lines() {
            long seconds = (System.nanoTime() - since) / 1_000_000_000L;
            String whole = seconds < 2 ? text + " …" : text + " … " + seconds + " s";
            return text.isEmpty() ? List.of() : List.of(LiveLines.Line.busy(whole));
        }
    }

    private StatusLine(Terminal terminal) {
        lines = LiveLines.on(terminal, () -> work.lines());
    }

    static StatusLine on(Terminal terminal) {
        return new StatusLine(terminal);
    }

    /// What is going on from now on.
    void say(String what) {
        work = new Work(what, System.nanoTime());
    }

    @Override
    public void close() {
        lines.close();
    }
}
