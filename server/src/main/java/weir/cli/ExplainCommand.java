package weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.source.Nearest;

@Command(
        name = "explain",
        description = {
            "Explains a message of the compiler by its code.",
            "What is wrong, why Weir wants it otherwise, the smallest text that has the mistake, and the text corrected."
        },
        footer = {"Examples:", "  weir explain W1201", "  weir explain              all codes"})
final class ExplainCommand implements Callable<Integer> {
    private static final int WIDEST = 100;
    private static final Pattern FENCE = Pattern.compile("(?ms)^````(\\w*)\\n(.*?)^````$");

    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "CODE",
            description = "The code, as the message shows it; without it all are listed.")
    private @Nullable String code;

    @Option(names = "--json", description = "JSON: {code, title, page}, or an array of {code, title}.")
    private boolean json;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        if (code == null) {
            list();
        } else {
            show(code);
        }
        return Exit.OK;
    }

    private void show(String wanted) throws Failure {
        String page = Pages.page(wanted).orElse(null);
        if (page == null) {
            String nearest = Nearest.to(wanted, Pages.codes())
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("; `weir explain` lists all.");
            throw Failure.usage("there is no message with the code \"" + wanted + "\"" + nearest);
        }
        terminal.out().print(json ? object(page) : terminal.screens().out() ? forPeople(page) : page);
    }

    private static String object(String page) {
        return new ObjectMapper()
                        .createObjectNode()
                        .put("code", page.substring(2, 7))
                        .put("title", Pages.title(page))
                        .put("page", page)
                        .toPrettyString()
                + "\n";
    }

    /// Without the marks of Markdown: headings strong, texts set in, paragraphs broken where the terminal ends.
    private String forPeople(String page) {
        int width = Math.min(terminal.width(), WIDEST);
        var shown = new StringBuilder();
        int at = 0;
        for (var fence : FENCE.matcher(page).results().toList()) {
            shown.append(prose(page.substring(at, fence.start()), width))
                    .append(fence.group(2).indent(2));
            at = fence.end() + 1;
        }
        return shown.append(prose(page.substring(Math.min(at, page.length())), width))
                .toString();
    }

    private String prose(String text, int width) {
        return text.lines()
                .map(line -> line.startsWith("# ")
                        ? terminal.paint(Terminal.Style.STRONG, line.substring(2))
                        : broken(line, width))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String broken(String line, int width) {
        var broken = new StringBuilder();
        int column = 0;
        for (String word : line.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > width) {
                broken.append('\n');
                column = 0;
            } else if (column > 0) {
                broken.append(' ');
                column++;
            }
            broken.append(word);
            column += word.length();
        }
        return broken.toString();
    }

    private void list() {
        var codes = Pages.codes();
        if (json) {
            var array = new ObjectMapper().createArrayNode();
            codes.forEach(one -> array.addObject().put("code", one).put("title", title(one)));
            terminal.out().println(array.toPrettyString());
        } else {
            codes.forEach(one -> terminal.out().println(one + "  " + title(one)));
        }
    }

    private static String title(String one) {
        return Pages.title(Pages.page(one).orElse(""));
    }
}
