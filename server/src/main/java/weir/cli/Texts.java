package weir.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import weir.source.Nearest;
import weir.source.Source;

/// Reads what arguments name: files, folders with `.weir` files, `-` for standard input.
final class Texts {
    static final String STANDARD_INPUT = "-";
    /// What messages call standard input.
    static final String STANDARD_INPUT_NAME = "<stdin>";

    private static final String ENDING = ".weir";
    /// Larger ones are not read at all; the compiler's own limit is lower and says more.
    private static final int LIMIT = 64 << 20;

    private final Terminal terminal;
    private boolean missed;

    Texts(Terminal terminal) {
        this.terminal = terminal;
    }

    /// All texts that the arguments name, each once, in order; of a folder all below it.
    ///
    /// @throws Failure when one cannot be read, or when a folder holds none
    List<Source> all(List<String> arguments) throws Failure {
        Set<String> names = new LinkedHashSet<>();
        for (String argument : arguments) {
            Path path = terminal.path(argument);
            if (!argument.equals(STANDARD_INPUT) && Files.isDirectory(path)) {
                names.addAll(below(argument, path));
            } else {
                names.add(argument);
            }
        }
        List<Source> sources = new ArrayList<>();
        for (String name : names) {
            try {
                sources.add(one(name));
            } catch (Failure unreadable) {
                if (arguments.contains(name)) {
                    throw unreadable;
                }
                // One of a folder's files: the others are looked at all the same.
                terminal.err().println("weir: " + unreadable.getMessage());
                missed = true;
            }
        }
        return sources;
    }

    /// Whether a file in a folder could not be read, which was told.
    boolean missed() {
        return missed;
    }

    private List<String> below(String argument, Path folder) throws Failure {
        try (var files = Files.walk(folder)) {
            var found = files.filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .map(file -> Path.of(argument)
                            .resolve(folder.relativize(file))
                            .normalize()
                            .toString())
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                boolean plain = argument.matches("[./\\\\]*");
                String whole = plain ? " (" + folder.toAbsolutePath().normalize() + ")" : "";
                throw Failure.usage(
                        "neither the folder `%s`%s nor one below it has a %s file.".formatted(argument, whole, ENDING));
            }
            return found;
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            throw Failure.usage("cannot read the folder " + argument + ": " + reason(unreadable) + ".");
        }
    }

    /// The text that an argument names.
    Source one(String argument) throws Failure {
        String name = argument.equals(STANDARD_INPUT) ? STANDARD_INPUT_NAME : argument;
        return new Source(name, utf8(bytes(argument)));
    }

    /// The bytes of a file or of standard input.
    byte[] bytes(String argument) throws Failure {
        if (argument.equals(STANDARD_INPUT)) {
            return standardInput();
        }
        try (InputStream in = opened(argument)) {
            return limited(argument, in);
        } catch (IOException unreadable) {
            throw Failure.usage("cannot read " + argument + ": " + reason(unreadable) + ".");
        }
    }

    /// The bytes of a file or of standard input as they come, however many.
    InputStream opened(String argument) throws Failure {
        if (argument.equals(STANDARD_INPUT)) {
            return terminal.in();
        }
        Path path = terminal.path(argument);
        if (Files.isDirectory(path)) {
            throw Failure.usage(argument + " is a folder, not a file.");
        }
        try {
            return Files.newInputStream(path);
        } catch (java.nio.file.NoSuchFileException none) {
            throw Failure.usage("there is no file " + argument + similar(argument, path));
        } catch (IOException unreadable) {
            throw Failure.usage("cannot read " + argument + ": " + reason(unreadable) + ".");
        }
    }

    private byte[] standardInput() throws Failure {
        if (terminal.screens().in()) {
            terminal.err().println("Reading from the terminal; Ctrl-D on a line of its own ends it.");
        }
        try {
            return limited("standard input", terminal.in());
        } catch (IOException unreadable) {
            throw Failure.usage("cannot read standard input: " + reason(unreadable) + ".");
        }
    }

    private static byte[] limited(String name, InputStream in) throws IOException, Failure {
        byte[] bytes = in.readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) {
            throw Failure.usage(name + " holds more than " + (LIMIT >> 20) + " MiB.");
        }
        return bytes;
    }

    /// What is not UTF-8 becomes a sign that the compiler complains about, with its place.
    static String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /// Did you mean a file that lies beside?
    private static String similar(String argument, Path path) {
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return ".";
        }
        try (var files = Files.list(folder)) {
            var names = files.map(file -> file.getFileName().toString()).toList();
            String wanted = path.getFileName().toString();
            String nearest = names.contains(wanted + ENDING)
                    ? wanted + ENDING
                    : Nearest.to(wanted, names).orElse(null);
            return nearest == null
                    ? "."
                    : "; did you mean " + argument.substring(0, argument.length() - wanted.length()) + nearest + "?";
        } catch (IOException unreadable) {
            return ".";
        }
    }

    /// Why a file could not be used, in a few words.
    static String reason(Exception problem) {
        if (problem instanceof AccessDeniedException) {
            return "it is not yours to use";
        }
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
