package weir.ide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.check.Lookup;
import weir.check.Symbol;
import weir.source.Diagnostic;
import weir.source.Fix;
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

    /// The name at an offset, if it is one that a file itself declares.
    static Optional<Span> span(Document document, int offset) {
        Symbol symbol = document.lookup().symbolAt(offset);
        var place = document.lookup().placeAt(offset);
        return isDeclared(symbol) && place != null ? Optional.of(place.span()) : Optional.empty();
    }

    private static boolean isDeclared(@Nullable Symbol symbol) {
        return symbol != null
                && symbol.at() != null
                && symbol.kind() != Symbol.Kind.SETTINGS
                && symbol.at().text().equals(symbol.name());
    }

    /// @param project whose documents may name it too
    static Rename at(Document document, int offset, String name, Project project) {
        Symbol symbol = document.lookup().symbolAt(offset);
        if (symbol == null || !isDeclared(symbol)) {
            return new Refused("There is no name here that could be changed.");
        }
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return new Refused("A name has letters, digits and `_`, and begins with a letter or `_`.");
        }
        if (HARD_WORDS.contains(name)) {
            return new Refused("`" + name + "` is a word of the language.");
        }
        if (name.equals(symbol.name())) {
            return new Edits(Map.of());
        }
        Map<Source, List<Edit>> edits = new LinkedHashMap<>();
        for (Lookup.Use use : References.of(document, symbol, project)) {
            String text = use.shorthand() ? symbol.name() + ": " + name : name;
            edits.computeIfAbsent(use.at().source(), source -> new ArrayList<>())
                    .add(new Edit(use.at().span(), text));
        }
        String collision = new Trial(document, project, edits, symbol, name).collision();
        return collision == null ? new Edits(edits) : new Refused(collision);
    }

    /// Looks at the texts as they would be: the name has to mean the same in the same places, and nothing else may.
    record Trial(Document document, Project project, Map<Source, List<Edit>> edits, Symbol symbol, String name) {
        @Nullable
        String collision() {
            Map<String, String> texts = new HashMap<>();
            edits.forEach((source, all) -> texts.put(source.name(), new Fix("", all).apply(source.text())));
            Project renamed = project.with(texts);
            for (Source source : edits.keySet()) {
                Document before = source == document.source() ? document : project.snapshotOf(source.name());
                Document after = renamed.snapshotOf(source.name());
                String trouble = trouble(before, after, edits.getOrDefault(source, List.of()));
                if (trouble != null) {
                    return trouble;
                }
            }
            return null;
        }

        private @Nullable String trouble(Document before, Document after, List<Edit> changes) {
            var known = new HashSet<String>();
            before.diagnostics().forEach(diagnostic -> known.add(key(diagnostic)));
            Optional<Diagnostic> fresh = after.diagnostics().stream()
                    .filter(Diagnostic::isError)
                    .filter(diagnostic -> !known.contains(key(diagnostic)))
                    .findFirst();
            if (fresh.isPresent() && errors(after) > errors(before)) {
                return "`" + name + "` cannot be used here: " + fresh.get().message();
            }
            return means(after, changes) ? null : "`" + name + "` already means something else where it would stand.";
        }

        private static String key(Diagnostic diagnostic) {
            return diagnostic.code() + " " + diagnostic.message();
        }

        private static long errors(Document document) {
            return document.diagnostics().stream().filter(Diagnostic::isError).count();
        }

        /// Whether the new name stands for one thing in exactly the changed places.
        private boolean means(Document after, List<Edit> changes) {
            Set<Integer> wanted = new HashSet<>();
            Symbol meaning = null;
            int moved = 0;
            for (Edit edit : changes.stream()
                    .sorted(Comparator.comparingInt(it -> it.span().start()))
                    .toList()) {
                int start = edit.span().start() + moved + edit.text().length() - name.length();
                wanted.add(start);
                moved += edit.text().length() - edit.span().length();
                Symbol here = after.lookup().symbolAt(start);
                if (here == null || (meaning != null && !Lookup.isSame(meaning, here))) {
                    return false;
                }
                meaning = here;
            }
            return meaning == null
                    || after.lookup().uses(meaning).stream()
                            .filter(use -> use.at().source() == after.source())
                            .allMatch(use -> wanted.contains(use.at().span().start()));
        }
    }
}
