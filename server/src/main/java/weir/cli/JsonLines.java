package weir.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The lines of a stream as bytes, one at a time, so that a stream of any length is read with little memory.
final class JsonLines implements Closeable {
    /// What is read at once.
    private static final int PORTION = 1 << 16;

    private final InputStream in;
    private final int longest;
    private final byte[] portion = new byte[PORTION];
    private int from;
    private int end;
    private long number;

    /// @param longest the most bytes of a line; of longer ones nothing is given
    JsonLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// A line without its end.
    ///
    /// @param number counted from 1
    /// @param bytes null when it is too long
    record Line(long number, byte @Nullable [] bytes) {
        /// Whether there is only white space.
        boolean isBlank() {
            if (bytes == null) {
                return false;
            }
            for (byte one : bytes) {
                if (one != ' ' && one != '\t' && one != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /// Null at the end.
    @Nullable
    Line next() throws IOException {
        var line = new ByteArrayOutputStream();
        boolean tooLong = false;
        boolean begun = false;
        while (from < end || fill()) {
            begun = true;
            int stop = from;
            while (stop < end && portion[stop] != '\n') {
                stop++;
            }
            tooLong |= line.size() + (stop - from) > longest;
            if (!tooLong) {
                line.write(portion, from, stop - from);
            }
            boolean whole = stop < end;
            from = whole ? stop + 1 : stop;
            if (whole) {
                return new Line(++number, tooLong ? null : line.toByteArray());
            }
        }
        return begun ? new Line(++number, tooLong ? null : line.toByteArray()) : null;
    }

    /// Whether the next line would have to be waited for.
    boolean waits() throws IOException {
        return from == end && in.available() == 0;
    }

    private boolean fill() throws IOException {
        from = 0;
        end = Math.max(0, in.read(portion, 0, portion.length));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
