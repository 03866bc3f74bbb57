package weir.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import weir.source.Nearest;

/// All commands together: how they are found, how they explain themselves, and what becomes of what goes wrong.
@Command(
        name = "weir",
        synopsisHeading = "",
        commandListHeading = "",
        customSynopsis = {"Weir: workflows as text, run durably.", "", "Usage: weir COMMAND [OPTIONS]"},
        footer = {
            "",
            "Start here:    weir serve       and open what it prints",
            "About one:     weir run --help",
            "",
            "Exit codes: 0 done · 1 the text, run or test failed · 2 wrong usage",
            "            3 something is missing or in the way · 4 a bug in Weir"
        })
final class Weir implements Callable<Integer> {
    /// Commands as the help lists them; each is here once.
    private static final Map<String, List<String>> GROUPS = groups();

    private final CommandLine line;
    private final Terminal terminal;

    /// @param arguments what was typed, if that is known: where it begins with a command, the others are left out,
    /// because describing all of them takes longer than most of them
    Weir(Terminal terminal, String... arguments) {
        this.terminal = terminal;
        this.line = new CommandLine(this);
        List<Object> all = commands(terminal);
        List<Object> asked =
                all.stream().filter(command -> isAsked(command, arguments)).toList();
        (asked.isEmpty() ? all : asked).forEach(line::addSubcommand);
        line.getSubcommands().values().forEach(Weir::explain);
        line.getCommandSpec()
                .addOption(option("Says what there is.", "-h", "--help")
                        .usageHelp(true)
                        .build());
        line.getCommandSpec()
                .addOption(option("Says which Weir this is.", "-V", "--version")
                        .versionHelp(true)
                        .build());
        line.getCommandSpec().versionProvider(() -> new String[] {"weir " + VersionCommand.number()});
        line.setOut(writer(terminal.out()));
        line.setErr(writer(terminal.err()));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.coloursOut() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(100);
        line.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        help -> commandList(help.commandSpec().commandLine()));
        line.setParameterExceptionHandler(this::wrongUsage);
        line.setExecutionExceptionHandler((problem, command, result) -> failed(problem, command));
    }

    /// Completion speaks of all the others.
    private static boolean isAsked(Object command, String... arguments) {
        Command described = command.getClass().getAnnotation(Command.class);
        return arguments.length > 0
                && described != null
                && described.name().equals(arguments[0])
                && !(command instanceof CompletionCommand);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Write", List.of("check", "fmt", "graph", "compare", "explain", "generate", "lsp"));
        groups.put("Try", List.of("run", "test", "torture", "eval"));
        groups.put(
                "Serve",
                List.of(
                        "serve",
                        "worker",
                        "deploy",
                        "workflows",
                        "runs",
                        "dead",
                        "tasks",
                        "answer",
                        "emit",
                        "connect"));
        groups.put("Look after", List.of("doctor", "backup", "restore"));
        groups.put("Weir", List.of("version", "completion"));
        return groups;
    }

    private static List<Object> commands(Terminal terminal) {
        var language = new Language(terminal);
        return List.of(
                new CheckCommand(terminal, language),
                new FmtCommand(terminal),
                new GraphCommand(terminal, language),
                new CompareCommand(terminal, language),
                new ExplainCommand(terminal),
                new GenerateCommand(terminal, language),
                new LspCommand(terminal, language),
                new RunCommand(terminal, language),
                new TestCommand(terminal, language),
                new TortureCommand(terminal, language),
                new EvalCommand(terminal, language),
                new ServeCommand(terminal),
                new WorkerCommand(terminal),
                new DoctorCommand(terminal),
                new BackupCommand(terminal),
                new RestoreCommand(terminal),
                new DeployCommand(terminal, language),
                new WorkflowsCommand(terminal),
                new RunsCommand(terminal),
                new DeadCommand(terminal),
                new TasksCommand(terminal),
                new AnswerCommand(terminal),
                new EmitCommand(terminal),
                new ConnectCommand(terminal),
                new VersionCommand(terminal),
                new CompletionCommand(terminal));
    }

    private static OptionSpec.Builder option(String description, String... names) {
        return OptionSpec.builder(names).description(description);
    }

    /// What every command's help has.
    private static void explain(CommandLine command) {
        command.getCommandSpec()
                .addOption(option("Says what this command does.", "-h", "--help")
                        .usageHelp(true)
                        .build());
        command.getCommandSpec()
                .usageMessage()
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%n")
                .footerHeading("%n");
    }

    /// Runs one command.
    ///
    /// @return its exit code
    int run(String... arguments) {
        int exit = line.execute(asked(arguments));
        terminal.out().flush();
        return exit;
    }

    /// `weir help` and `weir help run` ask for what `--help` says; `weir eval -x` evaluates.
    private static String[] asked(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals("eval")) {
            var rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            return Stream.concat(Stream.of("eval"), Stream.of(EvalCommand.apart(rest)))
                    .toArray(String[]::new);
        }
        if (arguments.length == 0 || !arguments[0].equals("help")) {
            return arguments;
        }
        var asked = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        asked.add("--help");
        return asked.toArray(String[]::new);
    }

    @Override
    public Integer call() {
        line.usage(line.getOut(), line.getColorScheme());
        return Exit.OK;
    }

    private static String commandList(CommandLine root) {
        if (root.getSubcommands().isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        GROUPS.forEach((group, names) -> {
            text.append(names.stream().anyMatch(root.getSubcommands()::containsKey) ? "\n" + group + "\n" : "");
            for (String name : names) {
                var command = root.getSubcommands().get(name);
                if (command != null) {
                    text.append("  %-12s%s%n".formatted(name, summary(command)));
                }
            }
        });
        return text.toString();
    }

    private static String summary(CommandLine command) {
        String[] description = command.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private int wrongUsage(ParameterException problem, String[] arguments) {
        var command = problem.getCommandLine();
        complain(sentence(problem));
        terminal.err()
                .println("`%s --help` says how it is used."
                        .formatted(command.getCommandSpec().qualifiedName()));
        return Exit.USAGE;
    }

    private String sentence(ParameterException problem) {
        var command = problem.getCommandLine();
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            boolean option = word.startsWith("-");
            var known = option
                    ? options(command)
                    : new ArrayList<>(command.getSubcommands().keySet());
            String nearest = Nearest.to(word, known)
                    .map(name -> "; did you mean " + name + "?")
                    .orElse(".");
            if (!option && command.getSubcommands().isEmpty()) {
                return "\"" + word + "\" is one argument too many.";
            }
            return "there is no %s \"%s\"%s".formatted(option ? "option" : "command", word, nearest);
        }
        if (problem instanceof CommandLine.MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream()
                            .map(CommandLine.Model.ArgSpec::paramLabel)
                            .collect(Collectors.joining(" and "))
                    + " is missing.";
        }
        if (problem.getArgSpec() instanceof OptionSpec option && problem.getValue() != null) {
            Object[] choices = option.type().getEnumConstants();
            String hint = choices == null
                    ? "."
                    : "; it can be "
                            + Arrays.stream(choices).map(String::valueOf).collect(Collectors.joining(", ")) + ".";
            return "%s cannot be \"%s\"%s".formatted(option.longestName(), problem.getValue(), hint);
        }
        String message = String.valueOf(problem.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .flatMap(option -> List.of(option.names()).stream())
                .filter(name -> name.startsWith("--"))
                .toList();
    }

    private int failed(Exception problem, CommandLine command) {
        if (terminal.debugs()) {
            problem.printStackTrace(terminal.err());
        }
        if (problem instanceof Failure failure) {
            if (!failure.sentence().isEmpty()) {
                complain(failure.sentence());
            }
            return failure.exit();
        }
        if (problem instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            complain("interrupted.");
            return Exit.FAILED;
        }
        String message = problem.getMessage() == null ? "" : ": " + problem.getMessage();
        complain("%s failed in a way that it should not (%s%s); please report it. WEIR_DEBUG=1 shows where."
                .formatted(command.getCommandName(), problem.getClass().getSimpleName(), message));
        return Exit.BUG;
    }

    private void complain(String sentence) {
        terminal.err().println(terminal.paintErr(Terminal.Style.BAD, "weir:") + " " + sentence);
    }
}
