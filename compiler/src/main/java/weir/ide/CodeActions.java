package weir.ide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import weir.ide.CodeAction.Kind;
import weir.source.Diagnostic;
import weir.source.Fix;
import weir.source.Fix.Edit;
import weir.source.Span;

/// The changes that are offered at a place.
final class CodeActions {
    private final Document document;
    private final Span span;
    private final List<CodeAction> actions = new ArrayList<>();

    private CodeActions(Document document, Span span) {
        this.document = document;
        this.span = span;
    }

    static List<CodeAction> at(Document document, Span span) {
        var actions = new CodeActions(document, span);
        actions.fixes();
        actions.fixesOfAKind();
        actions.actions.addAll(Refactorings.at(document, span));
        actions.organise();
        return List.copyOf(actions.actions);
    }

    private List<Diagnostic> here() {
        return document.diagnostics().stream()
                .filter(diagnostic -> diagnostic.at().span().start() <= span.end()
                        && span.start() <= diagnostic.at().span().end())
                .toList();
    }

    private void fixes() {
        for (Diagnostic diagnostic : here()) {
            boolean first = true;
            for (Fix fix : diagnostic.fixes()) {
                actions.add(new CodeAction(fix.title(), Kind.FIX, diagnostic, fix.edits(), first));
                first = false;
            }
        }
    }

    /// Where the same is wrong in other places too, all of them at once.
    private void fixesOfAKind() {
        Set<String> codes = new LinkedHashSet<>();
        here().stream().filter(diagnostic -> !diagnostic.fixes().isEmpty()).forEach(it -> codes.add(it.code()));
        for (String code : codes) {
            List<Diagnostic> alike = document.diagnostics().stream()
                    .filter(diagnostic -> diagnostic.code().equals(code)
                            && !diagnostic.fixes().isEmpty())
                    .toList();
            if (alike.size() > 1) {
                var edits = together(alike);
                actions.add(new CodeAction(
                        "Fix all " + alike.size() + " of this kind (" + code + ")", Kind.FIX_ALL, null, edits, false));
            }
        }
    }

    /// The first fix of each, without those that would change the same place as one before.
    private static List<Edit> together(List<Diagnostic> alike) {
        var edits = new ArrayList<Edit>();
        for (Diagnostic diagnostic : alike) {
            List<Edit> fix = diagnostic.fixes().getFirst().edits();
            boolean free = fix.stream()
                    .allMatch(edit -> edits.stream()
                            .allMatch(other -> edit.span().end() <= other.span().start()
                                    || other.span().end() <= edit.span().start()));
            if (free) {
                edits.addAll(fix);
            }
        }
        edits.sort(Comparator.comparingInt(edit -> edit.span().start()));
        return edits;
    }

    // ---- uses

    /// Sorted, each once, without those that nothing needs.
    private void organise() {
        String text = document.source().text();
        var uses = Uses.of(document);
        if (uses.isEmpty() || !document.isReadable()) {
            return;
        }
        Set<String> kept = new TreeSet<>(Uses.ORDER);
        Set<Integer> unused = new TreeSet<>();
        document.diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals(Uses.UNUSED))
                .forEach(diagnostic -> unused.add(diagnostic.at().start().line()));
        for (Span use : uses) {
            if (!unused.contains(document.source().position(use.start()).line())) {
                kept.add(document.source().text(use).strip());
            }
        }
        Span block = new Span(uses.getFirst().start(), uses.getLast().end());
        String between = text.substring(block.start(), block.end());
        String wanted = String.join("\n", kept);
        boolean onlyUses = between.lines().allMatch(line -> line.isBlank() || line.startsWith("use "));
        if (onlyUses && !wanted.equals(between)) {
            int end = block.end();
            if (wanted.isEmpty()) {
                while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                    end++;
                }
            }
            actions.add(new CodeAction(
                    "Organise uses",
                    Kind.ORGANISE,
                    null,
                    List.of(new Edit(new Span(block.start(), end), wanted)),
                    false));
        }
    }
}
