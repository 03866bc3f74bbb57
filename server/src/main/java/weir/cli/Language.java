package weir.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.compile.Bundle;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.compile.Imports;
import weir.compile.Placement;
import weir.graph.Graph;
import weir.model.Catalog;
import weir.model.StandardCatalog;
import weir.source.Diagnostic;
import weir.source.Nearest;
import weir.source.Renderer;
import weir.source.Source;

/// The compiler as commands use it: with the integrations there are, with the files beside a text, and with the
/// complaints of a text on the terminal.
final class Language {
    private final Terminal terminal;
    private final Catalog catalog = StandardCatalog.catalog();
    private final Compiler compiler = new Compiler(catalog);

    Language(Terminal terminal) {
        this.terminal = terminal;
    }

    Catalog catalog() {
        return catalog;
    }

    /// Never fails for a text. Files that it uses are looked for beside it.
    Compiled compile(Source source) {
        return compiler.compile(source, beside(source));
    }

    /// A text that is one expression over fields of a document.
    Compiled expression(Source source, Set<String> names) {
        return compiler.expression(source, names);
    }

    /// Where the expressions of sound texts are evaluated.
    Map<Source, List<Placement>> placements(List<Source> sources) {
        var all = new LinkedHashMap<Source, List<Placement>>();
        for (var source : sources) {
            all.put(
                    source,
                    Placement.of(compiler.analyze(source, beside(source)).checked()));
        }
        return all;
    }

    /// The text with the files that it uses, as one text.
    Source bundled(Source source) {
        return Bundle.of(source, beside(source));
    }

    /// The same as it is sent to a server: with the names that the project has for the files.
    Source deployable(Source source) {
        Path file = terminal.folder().resolve(source.name());
        String name = ProjectFolder.of(file, terminal.folder()).name(file);
        return Bundle.of(new Source(name, source.text()), beside(source));
    }

    /// The files that a text uses, directly or not.
    Used used(Source source, Compiled compiled) {
        List<Used.File> files = new ArrayList<>();
        for (var file : Imports.of(compiled.tree(), beside(source)).files()) {
            String name = Path.of(source.name())
                    .resolveSibling(file.source().name())
                    .normalize()
                    .toString();
            var used = new Source(name, file.source().text());
            files.add(new Used.File(used, compile(used)));
        }
        return new Used(files, files.isEmpty() ? source : bundled(source), compiler);
    }

    private Files beside(Source source) {
        Path folder = terminal.folder().resolve(source.name()).resolveSibling("");
        var project = ProjectFolder.of(terminal.folder().resolve(source.name()), terminal.folder());
        return new Files() {
            @Override
            public boolean isOutside(String path) {
                try {
                    return !project.holds(folder.resolve(path));
                } catch (java.nio.file.InvalidPathException none) {
                    return false;
                }
            }

            @Override
            public @Nullable Source find(String path) {
                try {
                    return new Source(path, Texts.utf8(java.nio.file.Files.readAllBytes(folder.resolve(path))));
                } catch (IOException | java.nio.file.InvalidPathException none) {
                    return null;
                }
            }

            @Override
            public List<String> all() {
                try (var paths = java.nio.file.Files.list(folder)) {
                    return paths.map(path -> path.getFileName().toString())
                            .filter(name -> name.endsWith(".weir"))
                            .toList();
                } catch (IOException | java.io.UncheckedIOException unreadable) {
                    return List.of();
                }
            }
        };
    }

    /// Compiles what is to be run: shows its errors, and ends the command if there are any.
    Compiled sound(Source source) throws Failure {
        var compiled = compile(source);
        if (compiled.hasErrors()) {
            var errors =
                    compiled.diagnostics().stream().filter(Diagnostic::isError).toList();
            terminal.err().print(terminal.rendererErr().render(errors));
            throw Failure.failed("%s has %s.".formatted(source.name(), Renderer.summary(errors)));
        }
        return compiled;
    }

    /// The workflow that is meant: the named one, or the only one.
    static Graph workflow(Compiled compiled, @Nullable String name, String file) throws Failure {
        var names = compiled.graphs().stream().map(Graph::workflow).toList();
        if (names.isEmpty()) {
            throw Failure.usage(file + " declares no workflow.");
        }
        if (name == null) {
            if (names.size() > 1) {
                throw Failure.usage(
                        "%s declares several workflows; say which one: %s.".formatted(file, String.join(", ", names)));
            }
            return compiled.graphs().getFirst();
        }
        var found = compiled.graph(name);
        if (found.isEmpty()) {
            String nearest = Nearest.to(name, names)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; it declares " + String.join(", ", names) + ".");
            throw Failure.usage("%s declares no workflow \"%s\"%s".formatted(file, name, nearest));
        }
        return found.get();
    }
}
