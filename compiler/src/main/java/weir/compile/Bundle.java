package weir.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import weir.source.Origins;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Parser;
import weir.syntax.Tree;

/// A text and the files that it uses as one text, for a server, which sees no files. Since used files share one space
/// of names with the text, it means the same. Marks say where each part comes from, see [Origins].
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
        var called = called(kept(main, cutFromMain(main)), used);
        for (var file : used) {
            file.declarations().stream()
                    .filter(Declaration.UseIntegration.class::isInstance)
                    .map(use -> text(file, use))
                    .filter(pinned::add)
                    .forEach(use -> pins.append(use).append('\n'));
            String name = Imports.normal(folder(main) + file.source().name());
            parts.append(marked(name, file, cutFromUsed(file, called))).append('\n');
        }
        var source = main.source();
        parts.append(marked(source.name(), main, cutFromMain(main)));
        pins.append(pins.isEmpty() ? "" : "\n");
        return new Source(source.name(), pins + parts.toString());
    }

    private static String folder(Tree.File main) {
        String name = main.source().name();
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /// What is left of a file without some of its parts, each piece with the mark of where it stood.
    private static String marked(String name, Tree.File file, List<Span> parts) {
        var marked = new StringBuilder();
        for (var piece : without(file, parts)) {
            marked.append(Origins.mark(
                            name, file.source().position(piece.start()).line()))
                    .append('\n')
                    .append(file.source().text(piece))
                    .append("\n\n");
        }
        return marked.toString().stripTrailing() + "\n";
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

    private static String kept(Tree.File file, List<Span> parts) {
        return without(file, parts).stream()
                .map(file.source()::text)
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    /// What is left of a file without some of its parts, and without the space around it.
    private static List<Span> without(Tree.File file, List<Span> parts) {
        var left = new ArrayList<Span>();
        int from = 0;
        for (var part :
                parts.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
            add(file, from, part.start(), left);
            from = part.end();
        }
        add(file, from, file.source().text().length(), left);
        return left;
    }

    private static void add(Tree.File file, int from, int to, List<Span> into) {
        String text = file.source().text();
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            into.add(new Span(start, end));
        }
    }
}
