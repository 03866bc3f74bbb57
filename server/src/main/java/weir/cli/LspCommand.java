package weir.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import weir.lsp.Stdio;

@Command(
        name = "lsp",
        description = {
            "Helps editors: a language server on standard input and output.",
            "Messages while you type, completion, hover, jumping, renaming, formatting. Editors start it; the studio has"
                    + " one of its own."
        },
        footer = {
            "Examples:",
            "  vim.lsp.start({ name = \"weir\", cmd = { \"weir\", \"lsp\" } })                Neovim",
            "  [language-server.weir] command = \"weir\" args = [\"lsp\"]                Helix, in languages.toml"
        })
final class LspCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Language language;

    LspCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.toTerminal(terminal);
        Stdio.serve(language.catalog(), terminal.in(), terminal.out());
        return Exit.OK;
    }
}
