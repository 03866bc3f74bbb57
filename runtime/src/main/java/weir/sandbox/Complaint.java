package weir.sandbox;

import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.RecordValue;
import weir.value.StringValue;

/// What a script complained about, as an error of an evaluation.
final class Complaint {
    private static final Pattern PLACE = Pattern.compile("\\(?" + ScriptSource.NAME + ":(\\d+):(\\d+)");
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");
    private static final int LONGEST = 500;
    /// What the engine says may have a whole object in it.
    private static final int LONGEST_OF_ENGINE = 200;
    /// The lines before the user's text in what is run.
    private static final int LINES_BEFORE = 1;

    private Complaint() {}

    /// @param text JSON with `name`, `message`, and maybe `stack` and the `code` of a function of ours that failed
    static EvaluationError error(String text) {
        var complaint = read(text);
        var name = field(complaint, "name");
        var message = shortened(field(complaint, "message"), name.equals("TypeError") ? LONGEST_OF_ENGINE : LONGEST);
        var code = field(complaint, "code");
        if (CODE.matcher(code).matches()) {
            return new EvaluationError(code, message, place(field(complaint, "stack")));
        }
        var sentence = name.isEmpty() ? message : name + ": " + message;
        return new EvaluationError("script_error", sentence, place(field(complaint, "stack")));
    }

    /// Nothing, where it is none: a process may have been taken over.
    private static RecordValue read(String text) {
        try {
            return Json.parse(text) instanceof RecordValue complaint ? complaint : RecordValue.EMPTY;
        } catch (JsonProblem nonsense) {
            return RecordValue.EMPTY;
        }
    }

    /// Some failures are told of the whole script, which has no place in the user's text.
    private static EvaluationError.@Nullable Place place(String stack) {
        var place = PLACE.matcher(stack);
        return place.find() ? place(number(place.group(1)), number(place.group(2))) : null;
    }

    /// A stack that [#error] finds the place in.
    static String stack(EvaluationError.@Nullable Place place) {
        return place == null ? "" : ScriptSource.NAME + ":" + (place.line() + LINES_BEFORE) + ":" + place.column();
    }

    private static EvaluationError.@Nullable Place place(int line, int column) {
        return line > LINES_BEFORE && column > 0 ? new EvaluationError.Place(line - LINES_BEFORE, column) : null;
    }

    /// A process may have been taken over: 0 for what is no number.
    private static int number(String digits) {
        return digits.length() > 8 ? 0 : Integer.parseInt(digits);
    }

    /// What is wrong with the text of a script.
    static EvaluationError syntax(PolyglotException problem) {
        var message = shortened(String.valueOf(problem.getMessage()), LONGEST);
        int end = message.indexOf('\n');
        var first = end < 0 ? message : message.substring(0, end);
        var told = first.replaceFirst(ScriptSource.NAME + ":\\d+:\\d+ ?", "");
        var at = problem.getSourceLocation();
        return new EvaluationError(
                "script_error", told, at == null ? null : place(at.getStartLine(), at.getStartColumn()));
    }

    private static String field(RecordValue record, String name) {
        return record.get(name) instanceof StringValue(String text) ? text : "";
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
