package weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a user did at the command line and what came of it, as a file: sections that begin with `== `.
///
/// | section | what its lines are |
/// | --- | --- |
/// | `== file NAME` | a file of the folder that the commands run in |
/// | `== in` | standard input of the next command |
/// | `== weir ARGUMENTS` | a command; quotes keep words together |
/// | `== exit N` | its exit code |
/// | `== out`, `== err` | what it prints; left out when it prints nothing |
record Session(List<Section> sections) {
    private static final String MARK = "== ";

    /// @param head without the mark
    record Section(String head, String text) {
        String word() {
            return head.contains(" ") ? head.substring(0, head.indexOf(' ')) : head;
        }

        String rest() {
            return head.contains(" ") ? head.substring(head.indexOf(' ') + 1) : "";
        }
    }

    static Session read(Path file) throws IOException {
        List<Section> sections = new ArrayList<>();
        String head = "";
        var text = new StringBuilder();
        for (String line : Files.readString(file).lines().toList()) {
            if (line.startsWith(MARK)) {
                sections.add(new Section(head, text.toString()));
                head = line.substring(MARK.length());
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
        }
        sections.add(new Section(head, text.toString()));
        return new Session(sections);
    }

    /// The file's text.
    String text() {
        var text = new StringBuilder();
        for (var section : sections) {
            text.append(section.head().isEmpty() ? "" : MARK + section.head() + "\n")
                    .append(section.text());
        }
        return text.toString();
    }

    /// Words as a shell takes a line apart, with quotes of both kinds.
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (c == ' ') {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
