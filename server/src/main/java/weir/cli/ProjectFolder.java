package weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// The folder that a text belongs to with all that it may use: the nearest one above it with a `.git` in it; without
/// one the folder that the command runs in, if the text lies there, else the text's own.
record ProjectFolder(Path root) {
    static ProjectFolder of(Path file, Path workingFolder) {
        Path start = file.toAbsolutePath().normalize().getParent();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return new ProjectFolder(folder);
            }
        }
        Path working = workingFolder.toAbsolutePath().normalize();
        return new ProjectFolder(start == null || start.startsWith(working) ? working : start);
    }

    /// What the file is called within the project: the same wherever a command is started.
    String name(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        Path within = whole.startsWith(root) ? root.relativize(whole) : whole;
        return within.toString().replace('\\', '/');
    }

    /// Whether the file belongs to the project, also where links lead out of it.
    boolean holds(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        if (!whole.startsWith(root)) {
            return false;
        }
        try {
            return !Files.exists(whole) || whole.toRealPath().startsWith(root.toRealPath());
        } catch (IOException | InvalidPathException unreadable) {
            return false;
        }
    }
}
