package weir.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.source.Source;
import weir.value.BooleanValue;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.Numerals;
import weir.value.Path;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

@Command(
        name = "eval",
        description = {
            "Evaluates an expression, as it would be in a workflow.",
            "The fields of the input are names, and the whole is `input`. A text is printed as it is, anything else as"
                    + " JSON; what JSON cannot say (undefined, NaN, -0) as JavaScript writes it."
        },
        footer = {
            "Examples:",
            "  weir eval '[3, 1, 2].toSorted((a, b) => a - b)'",
            "  weir eval 'lines.reduce((sum, line) => sum + line.price, 0)' --input order.json",
            "  weir eval '`${id}: ${lines.length}`' --input orders.ndjson --lines",
            "  weir eval 'format.money(12.5, \"EUR\", \"de\")'"
        })
final class EvalCommand implements Callable<Integer> {
    /// Characters of one line; a whole document is limited by [Texts].
    private static final int LONGEST_LINE = 16 << 20;

    private final Terminal terminal;
    private final Language language;

    @Parameters(arity = "1", paramLabel = "EXPRESSION", description = "The expression; - reads it from standard input.")
    private String expression = "";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "A file, - for standard input, or JSON.")
    private @Nullable String input;

    @Option(
            names = "--lines",
            description = "The input has a JSON document on each line; a result is printed for each, as it comes.")
    private boolean lines;

    @Option(
            names = "--json",
            description = "Exactly JSON, also for a text; fails where the result is undefined or no finite number.")
    private boolean json;

    @Option(
            names = "--explain",
            description = "Also says whether it ran natively or in the sandbox, why, and what it took.")
    private boolean explain;

    EvalCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure {
        if (expression.equals(Texts.STANDARD_INPUT) && Texts.STANDARD_INPUT.equals(input)) {
            throw Failure.usage("the expression and the input cannot both come from standard input.");
        }
        if (lines && input == null) {
            throw Failure.usage("--lines needs an --input: a file, or - for standard input.");
        }
        var source = expression.equals(Texts.STANDARD_INPUT)
                ? new Texts(terminal).one(expression)
                : new Source("expression", expression);
        var settings = Settings.read(terminal).values();
        try (var sandbox = new Sandbox(Limits.STANDARD, Settings.budget(terminal))) {
            var lone = new LoneExpression(source, language, settings, sandbox);
            return lines && input != null ? each(lone, input) : once(lone);
        }
    }

    private int once(LoneExpression lone) throws Failure {
        Value document = input == null ? null : new Inputs(terminal).read(input);
        return print(lone, document, "") ? Exit.OK : Exit.FAILED;
    }

    /// Whether it went well.
    private boolean print(LoneExpression lone, @Nullable Value document, String line) {
        try {
            var outcome = lone.on(document);
            String text = text(outcome.value());
            if (text == null) {
                return false;
            }
            terminal.out().println(text);
            if (explain) {
                String where = outcome.reason() == null ? "native" : "in the sandbox, because of " + outcome.reason();
                terminal.err().printf("%s%s; operations: %,d%n", line, where, outcome.operations());
            }
            return true;
        } catch (LoneExpression.Wrong wrong) {
            terminal.err().print(line + terminal.rendererErr().render(wrong.diagnostics()));
            return false;
        }
    }

    /// The printed form, or null when it was told why there is none.
    private @Nullable String text(Value value) {
        if (value instanceof StringValue(String plain) && !json) {
            return plain;
        }
        if (!json) {
            return lines ? Json.shown(value).replaceAll("\n *", " ") : Json.shown(value);
        }
        String unsayable = unsayable(value, "");
        if (unsayable != null) {
            terminal.err().println("weir: " + unsayable + ", which JSON cannot say.");
            return null;
        }
        return lines ? Json.text(value) : Json.pretty(value);
    }

    /// What JSON would bend: undefined as the result, and numbers that are not finite. Fields that are undefined
    /// are left out, as everywhere.
    private static @Nullable String unsayable(Value value, String path) {
        String what = path.isEmpty() ? "the result" : "`result" + path + "`";
        return switch (value) {
            case UndefinedValue _ -> path.isEmpty() ? what + " is undefined" : null;
            case NumberValue(double number) -> Double.isFinite(number) ? null : what + " is " + Numerals.text(number);
            case ListValue list -> {
                for (int i = 0; i < list.size(); i++) {
                    String inner = unsayable(list.get(i), Path.item(path, i));
                    if (inner != null) {
                        yield inner;
                    }
                }
                yield null;
            }
            case RecordValue record -> {
                for (int i = 0; i < record.size(); i++) {
                    String inner = unsayable(record.valueAt(i), path + "." + record.nameAt(i));
                    if (inner != null) {
                        yield inner;
                    }
                }
                yield null;
            }
            case NullValue _, BooleanValue _, StringValue _, SecretValue _ -> null;
        };
    }

    // ---- a document a line

    private int each(LoneExpression lone, String from) throws Failure {
        boolean well = true;
        try (var reader = new BufferedReader(new InputStreamReader(open(from), StandardCharsets.UTF_8))) {
            int number = 0;
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    well &= one(lone, line, "line " + number + ": ");
                }
            }
        } catch (IOException unreadable) {
            throw Failure.usage("cannot read " + from + ": " + Texts.reason(unreadable) + ".");
        }
        return well ? Exit.OK : Exit.FAILED;
    }

    private boolean one(LoneExpression lone, String line, String where) {
        if (line.length() > LONGEST_LINE) {
            terminal.err().printf("weir: %smore than %,d characters%n", where, LONGEST_LINE);
            return false;
        }
        try {
            return print(lone, Json.read(line), where);
        } catch (JsonProblem wrong) {
            terminal.err().println("weir: " + where + wrong.sentence());
            return false;
        }
    }

    private InputStream open(String from) throws Failure, IOException {
        if (from.equals(Texts.STANDARD_INPUT)) {
            return terminal.in();
        }
        var path = terminal.path(from);
        if (!Files.isRegularFile(path)) {
            throw Failure.usage("there is no file " + from + ".");
        }
        return Files.newInputStream(path);
    }
}
