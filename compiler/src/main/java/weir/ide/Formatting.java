package weir.ide;

import java.util.ArrayList;
import java.util.List;
import weir.format.Formatted;
import weir.format.Formatter;
import weir.source.Fix.Edit;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Declaration;

/// Bringing a text, or a part of it, into its canonical form. Where one declaration cannot be read, the others can.
final class Formatting {
    private Formatting() {}

    static List<Edit> whole(Document document) {
        String text = document.source().text();
        if (!document.isReadable()) {
            return declarations(document, new Span(0, text.length()));
        }
        return LineEdits.between(text, Formatter.format(document.parsed()).text(), 0);
    }

    /// Only the lines that the stretch touches.
    static List<Edit> range(Document document, Span span) {
        String text = document.source().text();
        int start = text.lastIndexOf('\n', Math.max(0, Math.min(span.start(), text.length()) - 1)) + 1;
        int last = text.indexOf('\n', Math.max(span.start(), span.end() - 1));
        int end = last < 0 ? text.length() : last + 1;
        var edits = document.isReadable() ? whole(document) : declarations(document, span);
        return edits.stream()
                .filter(edit -> start <= edit.span().start() && edit.span().end() <= end)
                .toList();
    }

    /// Each declaration by itself.
    private static List<Edit> declarations(Document document, Span span) {
        var edits = new ArrayList<Edit>();
        for (Declaration declaration : document.tree().declarations()) {
            Span at = declaration.span();
            boolean touched = at.start() <= span.end() && span.start() <= at.end();
            if (touched && !(declaration instanceof Declaration.Broken)) {
                String text = document.source().text(at);
                Formatted formatted =
                        Formatter.format(new Source(document.source().name(), text));
                if (formatted.diagnostics().isEmpty()) {
                    edits.addAll(LineEdits.between(text, formatted.text().stripTrailing(), at.start()));
                }
            }
        }
        return edits;
    }
}
