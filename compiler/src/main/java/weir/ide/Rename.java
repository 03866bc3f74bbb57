package weir.ide;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import weir.check.Lookup;
import weir.check.Symbol;
import weir.source.Fix.Edit;
import weir.source.Source;
import weir.source.Span;

/// What it takes to give something another name.
public sealed interface Rename {
    /// Words that are never names.
    Set<String> HARD_WORDS = Set.of(
            ("let step if else switch case for repeat parallel race wait until ask emit log split try catch return fail"
                            + " yield true false null typeof in function new this var const class extends super delete"
                            + " void instanceof await async import export default while do break throw finally enum"
                            + " debugger")
                    .split(" "));

    /// The edits, for each text that names it.
    record Edits(Map<Source, List<Edit>> edits) implements Rename {}

    /// Why it cannot be.
    record Refused(String reason) implements Rename {}

    /// The name at an offset, if it is one that the file itself declares.
    static Optional<Span> span(Document document, int offset) {
        Symbol symbol = document.lookup().symbolAt(offset);
        var place = document.lookup().placeAt(offset);
        return symbol == null || symbol.at() == null || place == null ? Optional.empty() : Optional.of(place.span());
    }

    static Rename at(Document document, int offset, String name) {
        Symbol symbol = document.lookup().symbolAt(offset);
        if (symbol == null || symbol.at() == null) {
            return new Refused("There is no name here that could be changed.");
        }
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return new Refused("A name has letters, digits and `_`, and begins with a letter or `_`.");
        }
        if (HARD_WORDS.contains(name)) {
            return new Refused("`" + name + "` is a word of the language.");
        }
        Map<Source, List<Edit>> edits = new LinkedHashMap<>();
        for (Lookup.Use use : document.lookup().uses(symbol)) {
            String text = use.shorthand() ? symbol.name() + ": " + name : name;
            edits.computeIfAbsent(use.at().source(), source -> new java.util.ArrayList<>())
                    .add(new Edit(use.at().span(), text));
        }
        return new Edits(edits);
    }
}
