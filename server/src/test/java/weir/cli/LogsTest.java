package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogsTest {
    private static String line(Map<String, String> environment, LogRecord record) {
        var terminal = new Terminal(
                InputStream.nullInputStream(), System.out, System.err, environment, Path.of(""), Terminal.Screens.NONE);
        return Logs.form(terminal, false).format(record);
    }

    private static LogRecord record() {
        var record = new LogRecord(Level.SEVERE, "it \"broke\"\nin {0}");
        record.setParameters(new Object[] {"two lines"});
        record.setLoggerName("weir.Part");
        record.setThrown(new IllegalStateException("why"));
        return record;
    }

    @Test
    void programsGetAnObjectALine() throws Exception {
        var line = line(Map.of("WEIR_LOG", "json"), record());
        assertEquals(line.length() - 1, line.indexOf('\n'));
        var object = new ObjectMapper().readTree(line);
        assertEquals("error", object.path("level").asText());
        assertEquals("weir.Part", object.path("logger").asText());
        assertEquals("it \"broke\"\nin two lines", object.path("message").asText());
        assertEquals("why", object.path("error").path("message").asText());
        assertTrue(object.path("error").path("trace").asText().contains("LogsTest"));
    }

    @Test
    void peopleGetASentence() {
        assertTrue(line(Map.of(), record()).endsWith("error weir.Part: it \"broke\"\nin two lines (why)\n"));
    }
}
