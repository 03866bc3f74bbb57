package weir.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import weir.check.Availability;
import weir.compile.Compiler;
import weir.model.StandardCatalog;
import weir.source.Diagnostic;
import weir.source.Fix;
import weir.source.Fix.Edit;
import weir.source.Location;
import weir.source.Source;
import weir.source.Span;

/// What editors get, as data: each file of `features/` is about one feature and holds texts with what is expected of
/// them.
///
/// `=== name` begins a case, `+++ b.weir` another file of the project, `--- argument` the expected answer. `‸` is the
/// cursor; two of them are the ends of a selection. `-Dupdate` writes the answers as they are now.
class FeaturesTest {
    private static final Path FOLDER = Path.of("src/test/resources/weir/ide/features");
    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);
    private static final String CARET = "‸";
    private static final String MAIN = "file:///p/a.weir";
    private static final int SHOWN = 12;

    /// @param texts by file name, the first is asked about
    private record Case(String name, Map<String, String> texts, String argument, String expected) {}

    @TestFactory
    Stream<DynamicTest> features() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream().flatMap(FeaturesTest::tests);
        }
    }

    private static Stream<DynamicTest> tests(Path file) {
        String feature = file.getFileName().toString().replace(".txt", "");
        List<Case> cases = read(file);
        if (Boolean.getBoolean("update") || "".equals(System.getProperty("update"))) {
            var text = new StringBuilder();
            cases.forEach(each -> text.append(written(each, answer(feature, each))));
            try {
                Files.writeString(file, text);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(
                        feature + ": " + each.name, () -> assertEquals(each.expected, answer(feature, each))));
    }

    // ---- the files

    private static List<Case> read(Path file) {
        try {
            return Stream.of(Files.readString(file).split("(?m)^=== "))
                    .filter(part -> !part.isBlank())
                    .map(FeaturesTest::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Case read(String part) {
        int line = part.indexOf('\n');
        int mark = part.indexOf("\n--- ");
        int end = part.indexOf('\n', mark + 1);
        Map<String, String> texts = new LinkedHashMap<>();
        String name = "a.weir";
        for (String piece : part.substring(line + 1, mark + 1).split("(?m)^\\+\\+\\+ ")) {
            if (texts.isEmpty()) {
                texts.put(name, piece);
            } else {
                int head = piece.indexOf('\n');
                texts.put(piece.substring(0, head).strip(), piece.substring(head + 1));
            }
        }
        return new Case(
                part.substring(0, line).strip(),
                texts,
                part.substring(mark + "\n--- ".length(), end).strip(),
                part.substring(end + 1).stripTrailing());
    }

    private static String written(Case each, String answer) {
        var text = new StringBuilder("=== " + each.name + "\n");
        each.texts.forEach((name, content) ->
                text.append(name.equals("a.weir") ? "" : "+++ " + name + "\n").append(content));
        return text.append("--- ")
                .append(each.argument)
                .append('\n')
                .append(answer)
                .append("\n\n")
                .toString();
    }

    // ---- the answers

    private static String answer(String feature, Case each) {
        String marked = each.texts.get("a.weir");
        int offset = marked.indexOf(CARET);
        String text = marked.replace(CARET, "");
        int end = marked.lastIndexOf(CARET) == offset ? offset : marked.lastIndexOf(CARET) - 1;
        var project = new Project(COMPILER, new Stored(each.texts));
        project.addFolder("file:///p");
        project.put(MAIN, text);
        Document document = project.find(MAIN);
        if (document == null) {
            throw new AssertionError();
        }
        var span = new Span(Math.max(0, offset), Math.max(0, end));
        return answer(feature, each.argument, document, project, span).stripTrailing();
    }

    private record Stored(Map<String, String> texts) implements Texts {
        @Override
        public @org.jspecify.annotations.Nullable String read(String uri) {
            return texts.get(uri.replace("file:///p/", ""));
        }

        @Override
        public List<String> in(String folder) {
            return texts.keySet().stream().map(name -> "file:///p/" + name).toList();
        }
    }

    // Long: a line or two for each feature.
    private static String answer(String feature, String argument, Document document, Project project, Span span) {
        int offset = span.start();
        Source source = document.source();
        return switch (feature) {
            case "completion" ->
                document.completion(offset, () -> project.nearby(document)).stream()
                        .limit(argument.isEmpty() ? SHOWN : Integer.parseInt(argument))
                        .map(each -> suggestion(each, source))
                        .collect(Collectors.joining("\n"));
            case "hover" -> document.hover(offset).map(Hover::markdown).orElse("nothing");
            case "signature" ->
                document.signatureHelp(offset)
                        .map(help ->
                                help.label() + "\n" + help.active() + " of " + help.parameters() + "\n" + help.doc())
                        .orElse("nothing");
            case "definition" ->
                document.definition(offset).map(FeaturesTest::place).orElse("nothing");
            case "references" ->
                document.references(offset, project).stream()
                        .map(FeaturesTest::place)
                        .collect(Collectors.joining("\n"));
            case "highlight" ->
                document.highlights(offset).stream()
                        .map(each -> place(new Location(source, each.at())) + (each.declares() ? " declares" : ""))
                        .collect(Collectors.joining("\n"));
            case "rename" ->
                switch (document.rename(offset, argument, project)) {
                    case Rename.Refused(String reason) -> reason;
                    case Rename.Edits(var edits) ->
                        edits.entrySet().stream()
                                .map(entry -> short_(entry.getKey()) + "\n" + changed(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining("\n"));
                };
            case "symbols" ->
                argument.isEmpty()
                        ? outline(document.outline(), "")
                        : project.symbols(argument).stream()
                                .map(found -> found.outline().kind() + " "
                                        + found.outline().label() + " in " + short_(found.source()) + " "
                                        + found.container())
                                .map(String::strip)
                                .collect(Collectors.joining("\n"));
            case "folding" ->
                document.foldings().stream()
                        .map(each -> each.from() + "–" + each.to() + (each.comment() ? " comment" : ""))
                        .collect(Collectors.joining("\n"));
            case "selection" ->
                document.selections(offset).stream()
                        .map(each -> source.text(each).replace("\n", "⏎"))
                        .collect(Collectors.joining("\n"));
            case "tokens" ->
                document.tokens().stream()
                        .map(each -> source.text(each.at()) + " " + each.kind() + " "
                                + each.modifiers().stream().sorted().toList())
                        .map(line -> line.replace(" []", ""))
                        .collect(Collectors.joining("\n"));
            case "hints" ->
                document.hints(new Span(0, source.text().length())).stream()
                        .map(each -> source.line(source.position(each.offset()).line())
                                        .strip() + "   " + each.label())
                        .collect(Collectors.joining("\n"));
            case "actions" -> actions(document, span, argument);
            case "format" ->
                changed(source, offset >= 0 && span.length() > 0 ? document.format(span) : document.format());
            case "typing" ->
                changed(source, document.formatTyped(offset, argument.equals("newline") ? '\n' : argument.charAt(0)));
            case "lenses" ->
                document.lenses().stream()
                        .map(each -> each.kind() + " " + each.name())
                        .collect(Collectors.joining("\n"));
            case "links" ->
                document.links().entrySet().stream()
                        .map(each -> source.text(each.getKey()) + " " + each.getValue())
                        .collect(Collectors.joining("\n"));
            case "diagnostics" ->
                document.diagnostics().stream().map(FeaturesTest::diagnostic).collect(Collectors.joining("\n"));
            default -> throw new AssertionError("no feature " + feature);
        };
    }

    private static String suggestion(Suggestion each, Source source) {
        var text = new StringBuilder(each.label() + " (" + each.kind() + ")");
        text.append(each.detail().isEmpty() ? "" : " " + each.detail());
        boolean plain = each.insert().equals(each.label());
        text.append(plain ? "" : " ⇒ " + each.insert());
        text.append(each.snippet().isEmpty() ? "" : " ⇒ " + each.snippet().replace("\n", "⏎"));
        text.append(
                each.also().isEmpty()
                        ? ""
                        : " + " + each.also().getFirst().text().strip());
        return text.append(each.replace().length() > 0 ? " for " + source.text(each.replace()) : "")
                .toString();
    }

    private static String actions(Document document, Span span, String title) {
        var actions = document.actions(span);
        if (title.isEmpty()) {
            return actions.stream()
                    .map(each -> each.kind() + " " + each.title())
                    .collect(Collectors.joining("\n"));
        }
        return actions.stream()
                .filter(each -> each.title().equals(title))
                .findFirst()
                .map(each -> changed(document.source(), each.edits()))
                .orElse("no such action");
    }

    private static String outline(List<Outline> outlines, String indent) {
        return outlines.stream()
                .map(each -> indent + each.kind() + " " + each.label() + "\n" + outline(each.inside(), indent + "  "))
                .collect(Collectors.joining());
    }

    private static String diagnostic(Diagnostic each) {
        return each.code() + " " + place(each.at()) + " " + each.message();
    }

    private static String place(Location at) {
        return short_(at.source()) + ":" + at.start().line() + ":" + at.start().column() + " " + at.text();
    }

    private static String short_(Source source) {
        return source.name().replace("file:///p/", "");
    }

    private static String changed(Source source, List<Edit> edits) {
        return edits.isEmpty() ? "no change" : new Fix("", new ArrayList<>(edits)).apply(source.text());
    }
}
