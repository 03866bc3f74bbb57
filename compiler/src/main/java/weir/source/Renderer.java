package weir.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import weir.source.Fix.Edit;

/// Diagnostics for people at a terminal: what is wrong, the lines it is about with marks under them, and what to do.
///
/// ```text
/// error W1201: Put `step` before it: `http.get` is called here as a statement.
///   ┌─ orders.weir:2:3
///   │
/// 2 │   http.get(url: "https://example.com")
///   │   ^^^^^^^^
///   = Put `step` before it:
/// 2 │   step http.get(url: "https://example.com")
///   │   +++++
/// ```
public final class Renderer {
    /// A fix that touches more lines than this is told by its title alone.
    private static final int FIX_LINES = 4;

    private static final int NOTE_WIDTH = 100;

    private final Palette palette;

    private Renderer(Palette palette) {
        this.palette = palette;
    }

    /// Without colours, for pipes and files.
    public static Renderer plain() {
        return new Renderer(Palette.NONE);
    }

    /// With ANSI colours.
    public static Renderer coloured() {
        return new Renderer(Palette.ANSI);
    }

    /// All of them, a blank line between two, ending with a line end; empty for none.
    public String render(List<Diagnostic> diagnostics) {
        return String.join("\n", diagnostics.stream().map(this::render).toList());
    }

    /// How many there are: "2 errors, 1 warning"; empty for none.
    public static String summary(List<Diagnostic> diagnostics) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            long count = diagnostics.stream()
                    .filter(diagnostic -> diagnostic.severity() == severity)
                    .count();
            if (count > 0) {
                counts.put(severity.word(), count);
            }
        }
        return String.join(
                ", ",
                counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey() + (entry.getValue() == 1 ? "" : "s"))
                        .toList());
    }

    /// One message, ending with a line end.
    public String render(Diagnostic diagnostic) {
        Palette.Style style = Palette.Style.of(diagnostic.severity());
        var out = new StringBuilder();
        out.append(palette.paint(style, diagnostic.severity().word() + " " + diagnostic.code()))
                .append(palette.paint(Palette.Style.STRONG, ": " + Excerpt.printable(diagnostic.message())))
                .append('\n');

        Map<Source, List<Excerpt.Mark>> marks = new LinkedHashMap<>();
        marks.computeIfAbsent(diagnostic.at().source(), source -> new ArrayList<>())
                .add(new Excerpt.Mark(diagnostic.at().span(), '^', "", style));
        for (Diagnostic.Related related : diagnostic.related()) {
            marks.computeIfAbsent(related.at().source(), source -> new ArrayList<>())
                    .add(new Excerpt.Mark(related.at().span(), '-', related.message(), Palette.Style.QUIET));
        }
        Outcome outcome = Outcome.of(diagnostic);
        int margin = marks.entrySet().stream()
                .mapToInt(entry -> Excerpt.margin(entry.getKey(), entry.getValue()))
                .reduce(outcome.margin(), Math::max);
        marks.forEach((source, some) -> excerpt(out, source, some, margin));
        if (diagnostic.hint() != null) {
            note(out, margin, diagnostic.hint());
        }
        fixes(out, diagnostic, outcome, margin);
        return out.toString();
    }

    private void excerpt(StringBuilder out, Source source, List<Excerpt.Mark> marks, int margin) {
        Position start = source.position(marks.getFirst().span().start());
        String place = "%s:%d:%d".formatted(Excerpt.printable(source.name()), start.line(), start.column());
        String edge = " ".repeat(margin + 1);
        out.append(edge)
                .append(palette.paint(Palette.Style.MARGIN, "┌─ "))
                .append(place)
                .append('\n');
        out.append(edge).append(palette.paint(Palette.Style.MARGIN, "│")).append('\n');
        out.append(new Excerpt(source, margin, palette).lines(marks));
    }

    /// A sentence beside the margin, broken between words where it is long.
    private void note(StringBuilder out, int margin, String text) {
        String edge = " ".repeat(margin + 1);
        int column = 0;
        out.append(edge).append(palette.paint(Palette.Style.MARGIN, "="));
        for (String word : Excerpt.printable(text).split(" ")) {
            if (column > 0 && column + word.length() > NOTE_WIDTH) {
                out.append('\n').append(edge).append(' ');
                column = 0;
            }
            out.append(' ').append(word);
            column += word.length() + 1;
        }
        out.append('\n');
    }

    /// The first fix is shown with the lines as they are after it, if they are few.
    private void fixes(StringBuilder out, Diagnostic diagnostic, Outcome outcome, int margin) {
        boolean first = true;
        for (Fix fix : diagnostic.fixes()) {
            boolean shown = first && !outcome.marks.isEmpty();
            note(out, margin, fix.title() + (shown ? ":" : "."));
            if (shown) {
                out.append(new Excerpt(outcome.fixed, margin, palette).lines(outcome.marks));
            }
            first = false;
        }
    }

    /// The text after the first fix, with marks under what is new; no marks if it cannot be shown briefly.
    private record Outcome(Source fixed, List<Excerpt.Mark> marks) {
        static Outcome of(Diagnostic diagnostic) {
            Source source = diagnostic.at().source();
            if (diagnostic.fixes().isEmpty() || lines(diagnostic.fixes().getFirst(), source) > FIX_LINES) {
                return new Outcome(source, List.of());
            }
            Fix fix = diagnostic.fixes().getFirst();
            List<Excerpt.Mark> marks = new ArrayList<>();
            int moved = 0;
            List<Edit> edits = fix.edits().stream()
                    .sorted(Comparator.comparingInt(edit -> edit.span().start()))
                    .toList();
            for (Edit edit : edits) {
                int start = edit.span().start() + moved;
                var span = new Span(start, start + edit.text().length());
                marks.add(new Excerpt.Mark(span, '+', "", Palette.Style.FIX));
                moved += edit.text().length() - edit.span().length();
            }
            return new Outcome(new Source(source.name(), fix.apply(source.text())), marks);
        }

        int margin() {
            return Excerpt.margin(fixed, marks);
        }

        /// How many lines a fix touches or makes.
        private static int lines(Fix fix, Source source) {
            int from = Integer.MAX_VALUE;
            int to = 0;
            int made = 0;
            for (Edit edit : fix.edits()) {
                from = Math.min(from, source.position(edit.span().start()).line());
                to = Math.max(to, source.position(edit.span().end()).line());
                made += (int) edit.text().chars().filter(c -> c == '\n').count();
            }
            return fix.edits().isEmpty() ? FIX_LINES + 1 : Math.max(to - from, made) + 1;
        }
    }
}
