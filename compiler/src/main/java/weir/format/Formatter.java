package weir.format;

import java.util.List;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.syntax.Parsed;
import weir.syntax.Parser;

/// Writes a text the one way it is written.
public final class Formatter {
    /// The width that lines are broken to, in characters. Texts, tables and names are never broken.
    public static final int WIDTH = 100;

    private Formatter() {}

    public static Formatted format(Source source) {
        return format(Parser.parse(source));
    }

    /// The same for a text that was read already.
    public static Formatted format(Parsed parsed) {
        Source source = parsed.file().source();
        List<Diagnostic> errors =
                parsed.diagnostics().stream().filter(Diagnostic::isError).toList();
        if (!errors.isEmpty()) {
            return new Formatted(source.text(), errors);
        }
        Doc file = new FileLayout(parsed.file()).file();
        return new Formatted(Layout.print(file, WIDTH), List.of());
    }
}
