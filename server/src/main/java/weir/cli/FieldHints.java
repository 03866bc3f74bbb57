package weir.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic;
import weir.source.Nearest;
import weir.source.Source;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// What to say to somebody whose expression has a name that there is not, or a sign that names cannot have: which
/// fields the document has, and how those are read that are no names.
final class FieldHints {
    /// The codes of what is told of unknown names and of signs without a meaning.
    private static final String UNKNOWN = "W2001";

    private static final String STRANGE = "W1006";
    private static final String FIELD = "The field is read as";
    private static final int FIELDS_SHOWN = 8;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Source source;
    private final @Nullable Value document;

    /// @param document null when there is none
    FieldHints(Source source, @Nullable Value document) {
        this.source = source;
        this.document = document;
    }

    /// The same problems with what to do; where one field is the answer to several, the first of them.
    List<Diagnostic> about(List<Diagnostic> problems) {
        Set<String> said = new HashSet<>();
        return problems.stream()
                .map(this::about)
                .filter(problem ->
                        problem.hint() == null || !problem.hint().startsWith(FIELD) || said.add(problem.hint()))
                .toList();
    }

    private Diagnostic about(Diagnostic problem) {
        boolean name = problem.code().equals(UNKNOWN);
        if (name ? problem.hint() != null : !problem.code().equals(STRANGE)) {
            return problem;
        }
        if (!(document instanceof RecordValue record)) {
            return !name || !problem.fixes().isEmpty()
                    ? problem
                    : problem.withHint(
                            document == null
                                    ? "Without --input there are no fields; a text stands in quotes."
                                    : "The input has no fields; the whole of it is `input`.");
        }
        String quoted = quoted(record, problem.at().span().start());
        if (quoted != null) {
            return problem.withHint(FIELD + " `input[%s]`.".formatted(quoted));
        }
        if (!name || !problem.fixes().isEmpty()) {
            return problem;
        }
        String written = source.text(problem.at().span());
        return problem.withHint(Nearest.to(written, names(record))
                .map(near -> "Did you mean `%s`? ".formatted(near))
                .orElse("")
                .concat(fields(record))
                .concat(" `input.%s` reads one that may be missing.".formatted(written)));
    }

    /// The field around that place whose name is not like names, in quotes.
    private @Nullable String quoted(RecordValue record, int at) {
        for (int i = 0; i < record.size(); i++) {
            String name = record.nameAt(i);
            if (!name.isEmpty() && !PLAIN.matcher(name).matches()) {
                int from = source.text().indexOf(name, Math.max(0, at - name.length() + 1));
                if (from >= 0 && from <= at) {
                    return Json.text(Value.of(name));
                }
            }
        }
        return null;
    }

    private static List<String> names(RecordValue record) {
        return java.util.stream.IntStream.range(0, record.size())
                .mapToObj(record::nameAt)
                .toList();
    }

    private static String fields(RecordValue record) {
        if (record.size() == 0) {
            return "The input has no fields.";
        }
        String shown = names(record).stream()
                .limit(FIELDS_SHOWN)
                .map(name -> PLAIN.matcher(name).matches() ? name : Json.text(Value.of(name)))
                .collect(Collectors.joining(", "));
        return "The input has %s%s.".formatted(shown, record.size() > FIELDS_SHOWN ? " …" : "");
    }
}
