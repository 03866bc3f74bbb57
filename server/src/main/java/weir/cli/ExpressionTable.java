package weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.compile.Placement;
import weir.source.Source;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Where expressions run: a line each for people, an array for programs.
final class ExpressionTable {
    private static final int LONGEST = 60;

    private final Terminal terminal;

    ExpressionTable(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Map<Source, List<Placement>> placements, boolean json) {
        if (json) {
            var all = new ArrayList<Value>();
            placements.forEach((source, some) -> some.forEach(one -> all.add(record(source, one))));
            terminal.out().println(Json.pretty(ListValue.of(all)));
            return;
        }
        var lines = new ArrayList<Line>();
        placements.forEach((source, some) -> some.forEach(one -> lines.add(line(source, one))));
        int wide = lines.stream().mapToInt(line -> line.place.length()).max().orElse(0);
        for (var line : lines) {
            String where = line.reason == null ? "native " : terminal.paint(Terminal.Style.BAD, "sandbox");
            String why = line.reason == null ? "" : "  (" + line.reason + ")";
            terminal.out()
                    .println(line.place + " ".repeat(wide - line.place.length()) + "  " + where + "  " + line.text
                            + terminal.paint(Terminal.Style.QUIET, why));
        }
        long scripts = lines.stream().filter(line -> line.reason != null).count();
        terminal.out()
                .printf(
                        "%n%d %s, %d in the sandbox%n",
                        lines.size(), lines.size() == 1 ? "expression" : "expressions", scripts);
    }

    private record Line(String place, @Nullable String reason, String text) {}

    private static Line line(Source source, Placement placement) {
        var start = source.position(placement.at().start());
        String place = source.name() + ":" + start.line() + ":" + start.column();
        String text = source.text(placement.at()).replaceAll("\\s+", " ");
        return new Line(
                place, placement.reason(), text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…");
    }

    private static Value record(Source source, Placement placement) {
        String reason = placement.reason();
        return RecordValue.builder()
                .put("file", Value.of(source.name()))
                .put("start", place(source, placement.at().start()))
                .put("end", place(source, placement.at().end()))
                .put("expression", Value.of(source.text(placement.at())))
                .put("native", Value.of(reason == null))
                .put("reason", reason == null ? NullValue.NULL : Value.of(reason))
                .build();
    }

    private static Value place(Source source, int offset) {
        var position = source.position(offset);
        return RecordValue.builder()
                .put("line", Value.of(position.line()))
                .put("column", Value.of(position.column()))
                .build();
    }
}
