package weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Where the log goes: warnings to standard error, a line each, and with a file everything that we have to tell, with
/// where failures come from.
final class Logs {
    private static final int FILE_BYTES = 8 << 20;
    private static final int FILES = 4;

    /// What these warn of, whoever used the connection fails with, and tells.
    private static final List<Logger> ECHOES = List.of(
            Logger.getLogger("com.zaxxer.hikari.pool"),
            Logger.getLogger("io.helidon.dbclient.jdbc"),
            Logger.getLogger("redis.clients.jedis.ConnectionFactory"));

    private Logs() {}

    /// Warnings on standard error; libraries keep to themselves what they think of lesser things.
    static void toTerminal(Terminal terminal) {
        LogManager.getLogManager().reset();
        var root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new Lines(terminal.err(), form(terminal, terminal.debugs())));
        ECHOES.forEach(logger -> logger.setLevel(Level.SEVERE));
    }

    /// Also into files of 8 MiB, of which the last four are kept.
    ///
    /// @param file the newest of them
    static void toFile(Terminal terminal, Path file) throws IOException {
        Logger.getLogger("weir").setLevel(Level.INFO);
        var handler = new FileHandler(pattern(file), FILE_BYTES, FILES, true);
        handler.setEncoding("UTF-8");
        handler.setFormatter(form(terminal, true));
        handler.setLevel(Level.INFO);
        Logger.getLogger("").addHandler(handler);
    }

    /// `WEIR_LOG=json`: an object a line, for programs.
    static Formatter form(Terminal terminal, boolean traces) {
        return terminal.variable("WEIR_LOG").strip().equals("json") ? new Structured() : new Line(traces);
    }

    private static String level(LogRecord record) {
        return record.getLevel().equals(Level.SEVERE)
                ? "error"
                : record.getLevel().getName().toLowerCase(java.util.Locale.ROOT);
    }

    private static String trace(Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /// In the patterns of the logging library `%` is a mark; `%g` is the number of an older file.
    private static String pattern(Path file) {
        return file.toString().replace("%", "%%") + ".%g";
    }

    private static final class Lines extends Handler {
        private final PrintStream out;

        Lines(PrintStream out, Formatter form) {
            this.out = out;
            setFormatter(form);
            setLevel(Level.WARNING);
        }

        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                out.print(getFormatter().format(record));
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            // The stream is the process's.
        }
    }

    /// `2026-11-24T06:43:40.123Z warning weir.worker.Worker: claiming failed (connection refused)`.
    private static final class Line extends Formatter {
        private final boolean traces;

        Line(boolean traces) {
            this.traces = traces;
        }

        @Override
        public String format(LogRecord record) {
            var thrown = record.getThrown();
            var text = new StringBuilder()
                    .append(Instant.ofEpochMilli(record.getMillis()))
                    .append(' ')
                    .append(level(record))
                    .append(' ')
                    .append(record.getLoggerName())
                    .append(": ")
                    .append(formatMessage(record));
            if (thrown != null && !traces) {
                text.append(" (")
                        .append(thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage())
                        .append(')');
            }
            text.append('\n');
            if (thrown != null && traces) {
                text.append(trace(thrown));
            }
            return text.toString();
        }
    }

    /// `{"time":"…","level":"warning","logger":"weir.worker.Worker","message":"…","thread":"…","error":{…}}`,
    /// always one line; `error` with kind, message and trace where something was thrown.
    private static final class Structured extends Formatter {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public String format(LogRecord record) {
            var line = JSON.createObjectNode()
                    .put("time", Instant.ofEpochMilli(record.getMillis()).toString())
                    .put("level", level(record))
                    .put("logger", record.getLoggerName())
                    .put("message", formatMessage(record))
                    .put("thread", Thread.currentThread().getName());
            var thrown = record.getThrown();
            if (thrown != null) {
                line.putObject("error")
                        .put("kind", thrown.getClass().getName())
                        .put("message", thrown.getMessage())
                        .put("trace", trace(thrown));
            }
            return line + "\n";
        }
    }
}
