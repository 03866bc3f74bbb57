package weir.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints what makes the Tab key complete weir's commands.",
        footer = {
            "Examples:",
            "  source <(weir completion bash)                       now, in this shell",
            "  echo 'source <(weir completion zsh)' >> ~/.zshrc     always"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            description = "${COMPLETION-CANDIDATES}; without it the one of $SHELL.")
    private @Nullable Shell shell;

    enum Shell {
        bash,
        zsh
    }

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        String script = AutoComplete.bash("weir", root);
        if (chosen() == Shell.zsh) {
            // The script is written for bash; zsh reads it with its own compatibility, which has to be loaded first.
            terminal.out().println("autoload -Uz compinit bashcompinit && compinit && bashcompinit");
        }
        terminal.out().print(script);
        return Exit.OK;
    }

    private Shell chosen() {
        return shell != null ? shell : terminal.variable("SHELL").endsWith("zsh") ? Shell.zsh : Shell.bash;
    }
}
