package weir.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.simulation.TestRunner;
import weir.source.Source;

/// The files that a text uses, and their workflows.
final class Used {
    private final List<File> files;
    private final Source whole;
    private final Compiler compiler;
    private @Nullable Compiled all;

    /// A file as it stands, which may need names of others.
    record File(Source source, Compiled compiled) {
        boolean isSound() {
            return !compiled.hasErrors();
        }
    }

    /// @param whole the text and its files as one text
    Used(List<File> files, Source whole, Compiler compiler) {
        this.files = List.copyOf(files);
        this.whole = whole;
        this.compiler = compiler;
    }

    /// Those that can be compiled by themselves.
    List<File> sound() {
        return files.stream().filter(File::isSound).toList();
    }

    /// A workflow of one of the files, and what it stands in.
    Optional<TestRunner.Used> workflow(String name) {
        for (var file : sound()) {
            var found = file.compiled().graph(name);
            if (found.isPresent()) {
                return Optional.of(new TestRunner.Used(found.get(), file.source()));
            }
        }
        boolean somewhere = files.stream().anyMatch(file -> !file.isSound());
        return somewhere ? all().graph(name).map(graph -> new TestRunner.Used(graph, whole)) : Optional.empty();
    }

    private synchronized Compiled all() {
        var known = all;
        if (known == null) {
            known = compiler.compile(whole, Files.NONE);
            all = known;
        }
        return known;
    }
}
