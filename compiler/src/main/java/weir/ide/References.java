package weir.ide;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import weir.check.Lookup;
import weir.check.Symbol;
import weir.source.Location;
import weir.source.Source;

/// Everywhere something is named, in all documents that can name it.
final class References {
    private References() {}

    static List<Lookup.Use> of(Document document, int offset, Project project) {
        Symbol symbol = document.lookup().symbolAt(offset);
        return symbol == null ? List.of() : of(document, symbol, project);
    }

    static List<Lookup.Use> of(Document document, Symbol symbol, Project project) {
        Map<Location, Lookup.Use> uses = new LinkedHashMap<>();
        document.lookup().uses(symbol).forEach(use -> uses.put(use.at(), use));
        Location declared = symbol.at();
        // What belongs to a block is named in no other file.
        if (declared != null && isFileLevel(symbol)) {
            users(document, declared.source(), project)
                    .forEach(user -> user.lookup().uses(symbol).forEach(use -> uses.putIfAbsent(use.at(), use)));
        }
        Comparator<Lookup.Use> order = Comparator.comparing(
                        (Lookup.Use use) -> use.at().source() != document.source())
                .thenComparing(use -> use.at().source().name())
                .thenComparingInt(use -> use.at().span().start());
        return uses.values().stream().sorted(order).toList();
    }

    /// The other documents around that use the one where something is declared.
    private static List<Document> users(Document document, Source declaring, Project project) {
        return project.around(document).stream()
                .filter(other -> other.source() != document.source())
                .filter(other -> other.source() == declaring
                        || (other.source().text().contains("use ") && other.uses(declaring.name())))
                .toList();
    }

    static boolean isFileLevel(Symbol symbol) {
        return switch (symbol.kind()) {
            case CONSTANT, SETTINGS, FUNCTION, RULES, WORKFLOW, POLICY, TYPE, INTEGRATION -> true;
            case PARAMETER, LET, STEP, ITEM, ARROW, ERROR, SPECIAL, GLOBAL, SPACE -> false;
        };
    }
}
