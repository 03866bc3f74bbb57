package weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.source.Source;

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
    /// The words that picocli takes for options, and those of them that a value follows.
    private static final Set<String> OPTIONS =
            Set.of("-i", "--input", "-f", "--file", "--lines", "--json", "--explain", "-h", "--help");

    private static final String SEVERAL = " (there are several documents; --lines takes one from each line)";
    private static final Set<String> WITH_VALUE = Set.of("-i", "--input", "-f", "--file");

    private final Terminal terminal;
    private final Language language;

    @Parameters(
            arity = "0..1",
            paramLabel = "EXPRESSION",
            description = "The expression; - reads it from standard input.")
    private @Nullable String expression;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A file with the expression.")
    private @Nullable String file;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "A file, - for standard input, or JSON.")
    private @Nullable String input;

    @Option(
            names = "--lines",
            description = {
                "The input has a JSON document on each line; a result is printed for each, as it comes.",
                "A line that fails is told and gives no result; the others do."
            })
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

    /// What was typed behind `eval`, told apart: an expression may begin with `-`, and is then the only word that
    /// is no option.
    static String[] apart(String... typed) {
        List<String> options = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < typed.length; i++) {
            String word = typed[i];
            if (word.equals("--")) {
                return typed;
            }
            boolean option = OPTIONS.contains(word) || word.matches("--[a-z]+(=.*)?");
            (option ? options : words).add(word);
            if (WITH_VALUE.contains(word) && i + 1 < typed.length) {
                options.add(typed[++i]);
            }
        }
        if (words.size() != 1
                || words.getFirst().length() < 2
                || words.getFirst().charAt(0) != '-') {
            return typed;
        }
        options.add("--");
        options.addAll(words);
        return options.toArray(String[]::new);
    }

    @Override
    public Integer call() throws Failure {
        if (lines && input == null) {
            throw Failure.usage("--lines needs an --input: a file, or - for standard input.");
        }
        var source = source();
        var settings = Settings.read(terminal).values();
        try (var sandbox = new Sandbox(Limits.STANDARD, Settings.budget(terminal))) {
            var lone = new LoneExpression(source, language, settings, sandbox);
            return lines && input != null
                    ? new EvalLines(terminal, lone, new ResultText(json, true), explain).all(input)
                    : once(lone);
        }
    }

    private Source source() throws Failure {
        String from = file == null ? Objects.requireNonNullElse(expression, "") : file;
        if (file == null ? expression == null : expression != null) {
            throw Failure.usage(
                    file == null
                            ? "EXPRESSION is missing.\n`weir eval --help` says how it is used."
                            : "there is an expression and a --file with one; give one of them.");
        }
        if (from.equals(Texts.STANDARD_INPUT) && Texts.STANDARD_INPUT.equals(input)) {
            throw Failure.usage("the expression and the input cannot both come from standard input.");
        }
        return file != null || from.equals(Texts.STANDARD_INPUT)
                ? new Texts(terminal).one(from)
                : new Source("expression", from);
    }

    private int once(LoneExpression lone) throws Failure {
        var document = input == null ? null : new Inputs(terminal).read(input, SEVERAL);
        try {
            var outcome = lone.on(document);
            var text = new ResultText(json, false);
            var unsayable = text.unsayable(outcome.value());
            if (unsayable.isPresent()) {
                throw Failure.failed(unsayable.get() + ", which JSON cannot say.");
            }
            terminal.out().println(text.of(outcome.value()));
            if (explain) {
                terminal.err().println(outcome.explained());
            }
            return Exit.OK;
        } catch (LoneExpression.Wrong wrong) {
            terminal.err().print(terminal.rendererErr().render(wrong.diagnostics()));
            return Exit.FAILED;
        }
    }
}
