package weir.simulation;

import java.util.Comparator;
import java.util.List;
import weir.source.Source;
import weir.source.Span;

/// How much of a file its tests reach.
///
/// @param points everything that could be reached, in the order of the text
public record Coverage(Source source, List<Point> points) {
    public Coverage {
        points = points.stream()
                .sorted(Comparator.comparingInt((Point point) -> point.at().start())
                        .thenComparing(Point::kind))
                .toList();
    }

    public enum Kind {
        STATEMENT,
        BRANCH,
        ROW
    }

    /// Something that a test can reach.
    ///
    /// @param what of a branch or a row, in words; empty for a statement
    /// @param owner the statement or expression that a branch belongs to
    /// @param tests how many tests reach it
    public record Point(Kind kind, Span at, Span owner, String what, int tests) {}

    public long all(Kind kind) {
        return points.stream().filter(point -> point.kind() == kind).count();
    }

    public long reached(Kind kind) {
        return points.stream()
                .filter(point -> point.kind() == kind && point.tests() > 0)
                .count();
    }

    public List<Point> missed() {
        return points.stream().filter(point -> point.tests() == 0).toList();
    }

    public int line(Span at) {
        return source.position(at.start()).line();
    }
}
