package weir.ide;

import java.util.List;
import weir.source.Fix.Edit;
import weir.source.Span;

/// Something that could be written at a place.
///
/// @param label what is shown and searched
/// @param detail its type or signature, empty if there is none
/// @param doc what it means, in Markdown, empty if nobody said
/// @param replace what the text takes the place of
/// @param insert the text
/// @param snippet the same with places to fill in, as editors write them (`${1:name}`); empty if there are none
/// @param also what has to be changed elsewhere for it to mean something
public record Suggestion(
        String label,
        Kind kind,
        String detail,
        String doc,
        Span replace,
        String insert,
        String snippet,
        List<Edit> also) {
    public Suggestion {
        also = List.copyOf(also);
    }

    Suggestion(String label, Kind kind, String detail, String doc, Span replace, String insert) {
        this(label, kind, detail, doc, replace, insert, "", List.of());
    }

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
        TRIGGER,
        FILE,
        SNIPPET
    }
}
