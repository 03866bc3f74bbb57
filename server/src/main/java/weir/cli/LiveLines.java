package weir.cli;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import weir.cli.Terminal.Style;

/// The last lines of the terminal while something is going on: drawn ten times a second, under lines that stay. Where
/// standard error is no terminal there are only the lines that stay.
final class LiveLines implements AutoCloseable {
    private static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final long TICK_MS = 100;

    /// @param mark null: a turning one, because it is going on
    record Line(@org.jspecify.annotations.Nullable String mark, Style style, String text) {
        static Line busy(String text) {
            return new Line(null, Style.BUSY, text);
        }
    }

    /// What is going on.
    interface View {
        List<Line> lines();
    }

    private final Terminal terminal;
    private final View view;
    private final int width;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;
    private boolean held;
    private int drawn;
    private int tick;

    private LiveLines(Terminal terminal, View view, int width) {
        this.terminal = terminal;
        this.view = view;
        this.width = width;
    }

    /// @param view asked by a thread of its own
    static LiveLines on(Terminal terminal, View view) {
        boolean live = terminal.screens().err() && !terminal.variable("TERM").equals("dumb");
        var lines = new LiveLines(terminal, view, live ? terminal.width() : 0);
        if (live) {
            Thread.ofPlatform().daemon().name("weir-status").start(lines::keepDrawing);
        }
        return lines;
    }

    /// A line that stays, as it is.
    void keep(String line) {
        lock.lock();
        try {
            clear();
            terminal.err().println(line);
        } finally {
            lock.unlock();
        }
    }

    /// Draws nothing while somebody types.
    void hold(boolean hold) {
        lock.lock();
        try {
            held = hold;
            clear();
        } finally {
            lock.unlock();
        }
    }

    private void keepDrawing() {
        lock.lock();
        try {
            while (!closed) {
                if (!held) {
                    draw(view.lines());
                }
                tick++;
                // Woken only to close; the time is the tick.
                boolean _ = closing.await(TICK_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void draw(List<Line> lines) {
        var text = new StringBuilder(up());
        for (var line : lines) {
            text.append(shown(line)).append('\n');
        }
        drawn = lines.size();
        terminal.err().print(text);
        terminal.err().flush();
    }

    private String shown(Line line) {
        int frame = tick % FRAMES.length();
        String mark = line.mark() == null ? FRAMES.substring(frame, frame + 1) : line.mark();
        String text =
                line.text().length() > width - 3 ? line.text().substring(0, Math.max(0, width - 4)) + "…" : line.text();
        return terminal.paintErr(line.style(), mark) + " " + text;
    }

    /// Back to where the live lines begin, with everything below wiped out.
    private String up() {
        return drawn == 0 ? "" : "\u001b[" + drawn + "A\r\u001b[J";
    }

    private void clear() {
        if (drawn > 0) {
            terminal.err().print(up());
            terminal.err().flush();
            drawn = 0;
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            clear();
        } finally {
            lock.unlock();
        }
    }
}
