package weir.source;

import java.util.List;

/// A change of the text that removes the cause of a message, ready to be applied by an editor.
///
/// @param title what it does, in the imperative ("Add the case \"none\"")
/// @param edits what to replace, none overlapping another
public record Fix(String title, List<Edit> edits) {
    public Fix {
        edits = List.copyOf(edits);
    }

    /// Replaces the span's text by another; an empty span inserts.
    public record Edit(Span span, String text) {}

    public static Fix replace(String title, Span span, String text) {
        return new Fix(title, List.of(new Edit(span, text)));
    }

    public static Fix insert(String title, int offset, String text) {
        return replace(title, new Span(offset, offset), text);
    }

    /// The text after the change.
    public String apply(String text) {
        var result = new StringBuilder(text);
        edits.stream()
                .sorted((a, b) -> Integer.compare(b.span().start(), a.span().start()))
                .forEach(edit -> result.replace(edit.span().start(), edit.span().end(), edit.text()));
        return result.toString();
    }
}
