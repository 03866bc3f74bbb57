package weir.ide;

import java.util.List;
import weir.source.Location;
import weir.source.Span;

/// A place of a name.
///
/// @param declares whether the name gets its value there
public record Highlight(Span at, boolean declares) {
    static List<Highlight> at(Document document, int offset) {
        var symbol = document.lookup().symbolAt(offset);
        Location declared = symbol == null ? null : symbol.at();
        return document.references(offset).stream()
                .filter(place -> place.source() == document.source())
                .map(place -> new Highlight(place.span(), place.equals(declared)))
                .toList();
    }
}
