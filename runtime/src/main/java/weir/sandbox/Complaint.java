package weir.sandbox;

import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import weir.eval.EvaluationError;
import weir.source.Span;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.RecordValue;
import weir.value.StringValue;

/// What a script complained about, as an error of an evaluation.
final class Complaint {
    private static final Pattern PLACE = Pattern.compile("\\(?" + ScriptSource.NAME + ":(\\d+)");
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");
    private static final int LONGEST = 500;
    /// The lines before the user's text in what is run.
    private static final int LINES_BEFORE = 1;

    private Complaint() {}

    /// @param text JSON with `name`, `message`, and maybe `stack` and the `code` of a function of ours that failed
    static EvaluationError error(String text) {
        var complaint = read(text);
        var name = field(complaint, "name");
        var message = shortened(field(complaint, "message"));
        var code = field(complaint, "code");
        if (CODE.matcher(code).matches()) {
            return new EvaluationError(code, message, Span.NONE);
        }
        var sentence = name.isEmpty() ? message : name + ": " + message;
        return new EvaluationError("script_error", sentence + line(field(complaint, "stack")), Span.NONE);
    }

    /// Nothing, where it is none: a process may have been taken over.
    private static RecordValue read(String text) {
        try {
            return Json.parse(text) instanceof RecordValue complaint ? complaint : RecordValue.EMPTY;
        } catch (JsonProblem nonsense) {
            return RecordValue.EMPTY;
        }
    }

    private static String line(String stack) {
        var place = PLACE.matcher(stack);
        return place.find() ? " (line " + (Integer.parseInt(place.group(1)) - LINES_BEFORE) + ")" : "";
    }

    /// What is wrong with the text of a script.
    static String syntax(PolyglotException problem) {
        var message = shortened(String.valueOf(problem.getMessage()));
        int end = message.indexOf('\n');
        var first = end < 0 ? message : message.substring(0, end);
        var told = first.replaceFirst(ScriptSource.NAME + ":\\d+:\\d+ ?", "");
        var at = problem.getSourceLocation();
        return at == null ? told : told + " (line " + Math.max(1, at.getStartLine() - LINES_BEFORE) + ")";
    }

    private static String field(RecordValue record, String name) {
        return record.get(name) instanceof StringValue(String text) ? text : "";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
