package weir.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import weir.source.Renderer;

/// Where a command reads from and writes to. Handed in, so that tests run commands in their own process.
///
/// @param out for what was asked for
/// @param err for everything else: progress, complaints
/// @param folder what relative paths start from
/// @param screens which of the three are a terminal
record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path folder,
        Screens screens) {
    private static final int STANDARD_WIDTH = 80;
    private static final String ESCAPE = "\u001b[";

    /// Which of the streams lead to a person.
    record Screens(boolean in, boolean out, boolean err) {
        static final Screens NONE = new Screens(false, false, false);

        static Screens ofProcess() {
            return new Screens(isScreen(0), isScreen(1), isScreen(2));
        }

        /// The virtual machine only tells whether input and output both are one; the system knows of each.
        private static boolean isScreen(int descriptor) {
            Path link = Path.of("/proc/self/fd/" + descriptor);
            if (!Files.isSymbolicLink(link)) {
                return Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent();
            }
            try {
                String device = Files.readSymbolicLink(link).toString();
                return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
            } catch (IOException closed) {
                return false;
            }
        }
    }

    /// The streams of this process. Always UTF-8, because JSON is and texts are.
    static Terminal ofProcess() {
        return new Terminal(
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Screens.ofProcess());
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /// The value of a variable of the environment, empty when it is not set.
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /// Whether colours are wanted where a stream leads: on a terminal, unless NO_COLOR is set.
    private boolean colours(boolean screen) {
        return screen && variable("NO_COLOR").isEmpty() && !variable("TERM").equals("dumb");
    }

    boolean coloursOut() {
        return colours(screens.out);
    }

    boolean coloursErr() {
        return colours(screens.err);
    }

    /// For diagnostics on standard output.
    Renderer rendererOut() {
        return coloursOut() ? Renderer.coloured() : Renderer.plain();
    }

    /// For diagnostics on standard error.
    Renderer rendererErr() {
        return coloursErr() ? Renderer.coloured() : Renderer.plain();
    }

    /// Text on standard output in a style, or as it is where there are no colours.
    String paint(Style style, String text) {
        return style.paint(text, coloursOut());
    }

    /// Text on standard error in a style, or as it is where there are no colours.
    String paintErr(Style style, String text) {
        return style.paint(text, coloursErr());
    }

    /// What a text looks like.
    enum Style {
        GOOD("32"),
        BAD("31"),
        BUSY("36"),
        STRONG("1"),
        QUIET("2");

        private final String code;

        Style(String code) {
            this.code = code;
        }

        String paint(String text, boolean colours) {
            return colours && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
        }
    }

    /// How many characters fit on a line; the terminal is asked, and where it does not answer there are 80.
    int width() {
        try {
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new java.io.File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII).strip();
            int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
            return columns > 20 ? columns : STANDARD_WIDTH;
        } catch (IOException | NumberFormatException unknown) {
            return STANDARD_WIDTH;
        }
    }

    /// A path as the user gave it, from the folder of the command.
    Path path(String given) throws Failure {
        try {
            return folder.resolve(given);
        } catch (java.nio.file.InvalidPathException wrong) {
            throw Failure.usage("\"" + given + "\" cannot be the name of a file.");
        }
    }

    /// Whether whoever runs this wants to see where a failure comes from.
    boolean debugs() {
        return !variable("WEIR_DEBUG").isEmpty() && !variable("WEIR_DEBUG").equals("0");
    }
}
