package weir.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Parser;
import weir.syntax.Tree;

/// A text and the files that it uses as one text, for a server, which sees no files. Since used files share one space
/// of names with the text, it means the same.
///
/// Tests of used files stay behind, and so do their workflows, but for those that are called.
public final class Bundle {
    private final Set<String> pinned = new HashSet<>();

    private Bundle() {}

    /// @param main without errors; so are the files that it uses
    /// @return the text itself when it uses no files
    public static Source of(Source main, Files files) {
        var file = Parser.parse(main).file();
        var used = Imports.of(file, files).files();
        return used.isEmpty() ? main : new Bundle().join(file, used);
    }

    private Source join(Tree.File main, List<Tree.File> used) {
        var pins = new StringBuilder();
        var parts = new StringBuilder();
        String mainText = without(main, cutFromMain(main));
        var called = called(mainText, used);
        for (var file : used) {
            file.declarations().stream()
                    .filter(Declaration.UseIntegration.class::isInstance)
                    .map(use -> text(file, use))
                    .filter(pinned::add)
                    .forEach(use -> pins.append(use).append('\n'));
            parts.append("// ").append(file.source().name()).append("\n\n");
            parts.append(without(file, cutFromUsed(file, called)).strip()).append("\n\n");
        }
        var source = main.source();
        parts.append("// ").append(source.name()).append("\n\n");
        pins.append(pins.isEmpty() ? "" : "\n");
        return new Source(source.name(), pins + parts.toString() + mainText.stripLeading());
    }

    private List<Span> cutFromMain(Tree.File main) {
        for (var declaration : main.declarations()) {
            if (declaration instanceof Declaration.UseIntegration use) {
                pinned.add(text(main, use));
            }
        }
        return main.declarations().stream()
                .filter(Declaration.UseFile.class::isInstance)
                .map(Declaration::span)
                .toList();
    }

    private static List<Span> cutFromUsed(Tree.File used, Set<String> called) {
        return used.declarations().stream()
                .filter(declaration -> switch (declaration) {
                    case Declaration.UseFile _, Declaration.UseIntegration _, Declaration.Test _ -> true;
                    case Declaration.Workflow workflow ->
                        !called.contains(workflow.name().text());
                    default -> false; // Default: everything else may be needed.
                })
                .map(Declaration::span)
                .toList();
    }

    /// The workflows of used files that are called, directly or by others that are.
    private static Set<String> called(String main, List<Tree.File> used) {
        var called = new LinkedHashSet<String>();
        var texts = new ArrayList<>(List.of(main));
        for (boolean grows = true; grows; ) {
            grows = false;
            for (var file : used) {
                for (var declaration : file.declarations()) {
                    if (declaration instanceof Declaration.Workflow workflow
                            && !called.contains(workflow.name().text())
                            && texts.stream()
                                    .anyMatch(
                                            text -> calls(text, workflow.name().text()))) {
                        called.add(workflow.name().text());
                        texts.add(text(file, workflow));
                        grows = true;
                    }
                }
            }
        }
        return called;
    }

    private static boolean calls(String text, String workflow) {
        return Pattern.compile("\\b" + Pattern.quote(workflow) + "\\s*\\(")
                .matcher(text)
                .find();
    }

    private static String text(Tree.File file, Declaration declaration) {
        return file.source().text(declaration.span()).strip();
    }

    /// The text of a file without some of its parts and the empty lines that they leave.
    private static String without(Tree.File file, List<Span> parts) {
        String text = file.source().text();
        var kept = new StringBuilder();
        int from = 0;
        for (var part :
                parts.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
            kept.append(text, from, part.start());
            from = part.end();
            while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
                from++;
            }
        }
        return kept.append(text.substring(from)).toString();
    }
}
