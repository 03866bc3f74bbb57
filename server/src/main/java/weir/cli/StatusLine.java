package weir.cli;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What is going on and for how long already, on one line of the terminal that is cleared at the end. Where standard
/// error is no terminal it says nothing.
final class StatusLine implements AutoCloseable {
    static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    static final String CLEAR_LINE = "\r\u001b[K";
    private static final long TICK_MS = 100;
    private static final int WIDTH = 78;

    private final Terminal terminal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private String text = "";
    private long since = System.nanoTime();
    private boolean closed;
    private boolean drawn;

    private StatusLine(Terminal terminal) {
        this.terminal = terminal;
    }

    static StatusLine on(Terminal terminal) {
        var line = new StatusLine(terminal);
        if (terminal.screens().err() && !terminal.variable("TERM").equals("dumb")) {
            Thread.ofPlatform().daemon().name("weir-status").start(line::draw);
        }
        return line;
    }

    /// What is going on from now on.
    void say(String what) {
        lock.lock();
        try {
            text = what;
            since = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /// A line that stays.
    void keep(String what) {
        lock.lock();
        try {
            clear(terminal.err());
            terminal.err().println(what);
        } finally {
            lock.unlock();
        }
    }

    private void draw() {
        lock.lock();
        try {
            for (int tick = 0; !closed; tick++) {
                if (!text.isEmpty()) {
                    terminal.err().print(CLEAR_LINE + frame(tick) + " " + shown());
                    terminal.err().flush();
                    drawn = true;
                }
                // Woken only to close; the time is the tick.
                boolean _ = closing.await(TICK_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private String frame(int tick) {
        return terminal.paintErr(
                Terminal.Style.BUSY, FRAMES.substring(tick % FRAMES.length(), tick % FRAMES.length() + 1));
    }

    private String shown() {
        long seconds = (System.nanoTime() - since) / 1_000_000_000L;
        String whole = seconds < 2 ? text + " …" : text + " … " + seconds + " s";
        return whole.length() > WIDTH ? whole.substring(0, WIDTH - 1) + "…" : whole;
    }

    private void clear(PrintStream stream) {
        if (drawn) {
            stream.print(CLEAR_LINE);
            stream.flush();
            drawn = false;
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            clear(terminal.err());
        } finally {
            lock.unlock();
        }
    }
}
