package weir.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of the project as they lie in the checkout, without what the build made.
record Checkout(Path root) {
    private static final Set<String> MADE =
            Set.of(".git", ".wq", ".idea", ".vscode", "target", "node_modules", "dist", "build", "generated", "data");

    /// The checkout that the tests run in.
    static Checkout here() {
        String given = System.getProperty("weir.root");
        Path at = Path.of(given == null ? "" : given).toAbsolutePath();
        while (!Files.exists(at.resolve("ARCHITECTURE.md"))) {
            Path above = at.getParent();
            if (above == null) {
                throw new IllegalStateException(
                        "no checkout at or above " + Path.of("").toAbsolutePath());
            }
            at = above;
        }
        return new Checkout(at);
    }

    /// All files whose names end like one of these, relative to the root; all files when none is given.
    List<Path> files(String... endings) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = !folder.equals(root)
                            && MADE.contains(folder.getFileName().toString());
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    if (endings.length == 0 || List.of(endings).stream().anyMatch(name::endsWith)) {
                        found.add(root.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    /// The text of a file; empty for one that is not text.
    String text(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(root.resolve(file));
            for (byte one : bytes) {
                if (one == 0) {
                    return "";
                }
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
