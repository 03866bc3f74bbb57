package weir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import weir.cli.Terminal.Style;
import weir.simulation.Coverage;
import weir.simulation.Coverage.Kind;
import weir.simulation.Coverage.Point;
import weir.source.Span;

/// What tests reach, for people and for programs.
record CoverageText(List<Coverage> files) {
    CoverageText {
        files = List.copyOf(files);
    }

    // ---- for people

    /// A line a file, and below it what no test reaches.
    String table(Terminal terminal) {
        int width = files.stream()
                .mapToInt(file -> file.source().name().length())
                .max()
                .orElse(0);
        var text = new StringBuilder(terminal.paint(
                        Style.QUIET,
                        String.format(
                                Locale.ROOT,
                                "%-" + width + "s  %12s  %12s  %12s",
                                "",
                                "statements",
                                "branches",
                                "rows"))
                + "\n");
        for (var file : files) {
            text.append(String.format(
                            Locale.ROOT,
                            "%-" + width + "s  %12s  %12s  %12s",
                            file.source().name(),
                            share(file, Kind.STATEMENT),
                            share(file, Kind.BRANCH),
                            share(file, Kind.ROW)))
                    .append('\n');
            missed(file)
                    .forEach((lines, what) -> text.append(terminal.paint(Style.QUIET, "  line " + lines + "  "))
                            .append(what)
                            .append('\n'));
        }
        return text.toString();
    }

    private static String share(Coverage file, Kind kind) {
        long all = file.all(kind);
        return all == 0
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%d/%d %3d %%",
                        file.reached(kind),
                        all,
                        Math.floorDiv(100 * file.reached(kind), all));
    }

    /// Lines, and what of them no test reaches; what lies within a statement that none reaches is not named.
    private static Map<String, String> missed(Coverage file) {
        Map<Integer, List<Point>> byLine = new TreeMap<>();
        List<Span> statements = new ArrayList<>();
        for (var point : file.missed()) {
            boolean within = statements.stream()
                    .anyMatch(at ->
                            at.start() <= point.owner().start() && point.owner().end() <= at.end());
            if (point.kind() == Kind.STATEMENT && !within) {
                statements.add(point.at());
            }
            if (!within) {
                byLine.computeIfAbsent(file.line(point.at()), line -> new ArrayList<>())
                        .add(point);
            }
        }
        Map<String, String> lines = new LinkedHashMap<>();
        byLine.forEach((line, points) -> lines.put(line.toString(), told(points)));
        return lines;
    }

    private static String told(List<Point> points) {
        String never = points.stream()
                .filter(point -> point.kind() != Kind.STATEMENT)
                .map(Point::what)
                .distinct()
                .collect(Collectors.joining(", "));
        boolean reached = points.stream().noneMatch(point -> point.kind() == Kind.STATEMENT);
        String all = reached ? "" : "not reached";
        return never.isEmpty() ? all : all + (reached ? "" : "; ") + "never: " + never;
    }

    // ---- for programs

    void json(ArrayNode into) {
        for (var file : files) {
            ObjectNode one = into.addObject().put("file", file.source().name());
            one.set("statements", counts(one.objectNode(), file, Kind.STATEMENT));
            one.set("branches", counts(one.objectNode(), file, Kind.BRANCH));
            one.set("rows", counts(one.objectNode(), file, Kind.ROW));
            var missed = one.putArray("missed");
            for (var point : file.missed()) {
                missed.addObject()
                        .put("line", file.line(point.at()))
                        .put("kind", point.kind().name().toLowerCase(Locale.ROOT))
                        .put("what", point.what());
            }
        }
    }

    private static ObjectNode counts(ObjectNode into, Coverage file, Kind kind) {
        return into.put("all", file.all(kind)).put("reached", file.reached(kind));
    }

    /// In the form of lcov's trace files: of a line how many tests reach it.
    String lcov() {
        var text = new StringBuilder();
        for (var file : files) {
            text.append("TN:\nSF:").append(file.source().name()).append('\n');
            Map<Integer, Integer> lines = new TreeMap<>();
            Map<Integer, List<Point>> branches = new TreeMap<>();
            for (var point : file.points()) {
                if (point.kind() == Kind.BRANCH) {
                    branches.computeIfAbsent(file.line(point.owner()), line -> new ArrayList<>())
                            .add(point);
                } else {
                    lines.merge(file.line(point.at()), point.tests(), Math::max);
                }
            }
            branches.forEach((line, points) -> branches(text, line, points));
            text.append("BRF:").append(file.all(Kind.BRANCH)).append('\n');
            text.append("BRH:").append(file.reached(Kind.BRANCH)).append('\n');
            lines.forEach((line, tests) ->
                    text.append("DA:").append(line).append(',').append(tests).append('\n'));
            long hit = lines.values().stream().filter(tests -> tests > 0).count();
            text.append("LF:").append(lines.size()).append('\n');
            text.append("LH:").append(hit).append("\nend_of_record\n");
        }
        return text.toString();
    }

    private static void branches(StringBuilder text, int line, List<Point> points) {
        for (int i = 0; i < points.size(); i++) {
            text.append("BRDA:")
                    .append(line)
                    .append(",0,")
                    .append(i)
                    .append(',')
                    .append(points.get(i).tests())
                    .append('\n');
        }
    }
}
