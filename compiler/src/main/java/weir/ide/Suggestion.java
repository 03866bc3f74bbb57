package weir.ide;

import weir.source.Span;

/// Something that could be written at a place.
///
/// @param label what is shown and searched
/// @param detail its type or signature, empty if there is none
/// @param doc what it means, in Markdown, empty if nobody said
/// @param replace what the text takes the place of
/// @param insert the text
public record Suggestion(String label, Kind kind, String detail, String doc, Span replace, String insert) {
    /// What it is, for icons.
    public enum Kind {
        KEYWORD,
        VALUE,
        FIELD,
        FUNCTION,
        METHOD,
        NAMESPACE,
        INTEGRATION,
        ACTION,
        ARGUMENT,
        TYPE,
        LITERAL,
        WORKFLOW,
        POLICY,
        TRIGGER
    }
}
