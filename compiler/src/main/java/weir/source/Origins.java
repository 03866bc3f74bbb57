package weir.source;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the parts of a text come from that was put together from several files. The text says so itself, in lines such
/// as `//@ pricing.weir:12`: the next line is line 12 of that file. So the text can be sent and stored as it is, and
/// whoever tells a place in it can tell the place that people know.
public final class Origins {
    private static final String SIGN = "//@ ";
    private static final Pattern MARK = Pattern.compile("(?m)^//@ (\\S.*):(\\d{1,9})\\s*$");

    private final Source source;
    private final List<Part> parts;

    /// @param from the line of the text that the mark stands in
    /// @param line the line of the file that the next one is
    private record Part(int from, String file, int line) {}

    private Origins(Source source, List<Part> parts) {
        this.source = source;
        this.parts = parts;
    }

    /// @param file null: the text itself
    public record Place(@Nullable String file, int line, int column) {
        /// `line 3, column 5`, with the file before it if it is another than the text.
        @Override
        public String toString() {
            return (file == null ? "" : file + ", ") + "line " + line + ", column " + column;
        }
    }

    public static Origins of(Source source) {
        var parts = source.text().contains(SIGN)
                ? MARK.matcher(source.text())
                        .results()
                        .map(mark -> new Part(
                                source.position(mark.start()).line(), mark.group(1), Integer.parseInt(mark.group(2))))
                        .sorted(Comparator.comparingInt(Part::from))
                        .toList()
                : List.<Part>of();
        return new Origins(source, parts);
    }

    /// The line that says where the next one comes from.
    public static String mark(String file, int line) {
        return SIGN + file + ":" + line;
    }

    /// The place that people know of an offset in the text.
    public Place place(int offset) {
        var position = source.position(offset);
        @Nullable Part within = null;
        for (var part : parts) {
            if (part.from() < position.line()) {
                within = part;
            }
        }
        return within == null
                ? new Place(null, position.line(), position.column())
                : new Place(within.file(), position.line() - within.from() - 1 + within.line(), position.column());
    }
}
