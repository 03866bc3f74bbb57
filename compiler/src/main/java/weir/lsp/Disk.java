package weir.lsp;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.ide.Texts;

/// Documents as files.
final class Disk implements Texts {
    private static final int DEEPEST = 8;
    private static final int MOST = 2_000;
    /// Longer files are not read.
    private static final long LONGEST = 4_000_000;
    private static final Set<String> PASSED_OVER = Set.of("node_modules", "target", "build", "dist");

    @Override
    public @Nullable String read(String uri) {
        try {
            Path path = Path.of(URI.create(uri));
            return Files.isRegularFile(path) && Files.size(path) <= LONGEST
                    ? Files.readString(path, StandardCharsets.UTF_8)
                    : null;
        } catch (IOException | IllegalArgumentException | FileSystemNotFoundException | SecurityException unreadable) {
            return null;
        }
    }

    @Override
    public Collection<String> in(String folder) {
        var found = new ArrayList<String>();
        try {
            Files.walkFileTree(
                    Path.of(URI.create(folder)),
                    EnumSet.noneOf(java.nio.file.FileVisitOption.class),
                    DEEPEST,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                            String name = String.valueOf(directory.getFileName());
                            boolean passedOver = name.startsWith(".") || PASSED_OVER.contains(name);
                            return passedOver ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && file.toString().endsWith(".weir")) {
                                found.add(file.toUri().toString());
                            }
                            return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException | IllegalArgumentException | FileSystemNotFoundException | SecurityException unreadable) {
            return List.of();
        }
        return found;
    }
}
