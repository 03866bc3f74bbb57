package weir.ide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Which words of the language fit where, by the text around.
final class Keywords {
    static final List<String> TYPES =
            List.of("string", "number", "int", "boolean", "datetime", "duration", "json", "file", "secret");
    static final List<String> VALUES = List.of("true", "false", "null", "typeof");
    /// What may stand behind `step name =`.
    static final List<String> STEPS =
            List.of("if", "switch", "for", "try", "repeat", "race", "split", "ask", "wait for");
    /// What may stand behind `mock` and `expect`.
    static final List<String> TARGETS = List.of("step", "ask", "wait for", "emit", "run fails");

    private static final List<String> DECLARATIONS =
            List.of("workflow", "rules", "type", "function", "let", "policy", "settings", "use", "test", "integration");
    private static final List<String> STATEMENTS = List.of(
            "step",
            "let",
            "if",
            "switch",
            "for",
            "parallel",
            "try",
            "wait",
            "wait until",
            "log",
            "return",
            "fail",
            "yield",
            "repeat",
            "race",
            "emit",
            "split");
    private static final List<String> HEADS = List.of(
            "on webhook", "on schedule", "on event", "on failure", "priority", "timeout", "once per", "at most");
    private static final List<String> POLICIES = List.of(
            "retry",
            "timeout",
            "key",
            "on error continue",
            "on error",
            "with",
            "undo",
            "using",
            "once per",
            "at most",
            "queue");
    private static final List<String> PARTS = List.of("mock", "settings", "run", "expect", "after");
    private static final List<String> INTEGRATION =
            List.of("title", "base", "auth", "limits", "action", "idempotent action", "trigger");
    private static final List<String> SENTENCES = List.of("when", "else");

    private static final Pattern WANTS_VALUE =
            Pattern.compile("(\\b(where|from|to|of|per|with|when|until|every|then|returns|by|within"
                    + "|most|in|key|log|return|yield|fail|case)|[-+*/%=<>!&?:,(\\[{.]|\\$\\{)$");

    /// What a value on a line may be followed by, by how the line begins.
    private static final Map<Pattern, List<String>> FOLLOWERS = new LinkedHashMap<>();

    static {
        follow("on error", "continue");
        follow("on", "webhook", "schedule", "event", "failure", "error");
        follow("priority", "low", "normal", "high", "critical");
        follow("repeat", "at most");
        follow("(on .+\\)|.*retry \\S+ times.*)", "when", "with");
        follow("on .+\\) when .+", "with");
        follow("(.*\\b)?retry \\S+", "times");
        follow(".*\\btimes from \\S+", "to", "when");
        follow("(step (\\w+.*= )?)?for \\w+(, ?\\w+)?", "of");
        follow("(step (\\w+.*= )?)?for \\w+(, ?\\w+)? of .*\\bat most \\S+", "at once");
        follow("(step (\\w+.*= )?)?for \\w+(, ?\\w+)? of .+[\\w\\])]", "at most");
        follow("(step (\\w+.*= )?)?repeat at most \\S+", "times");
        follow("(step (\\w+.*= )?)?repeat at most \\S+ times.*", "every", "with", "until");
        follow("(step (\\w+.*= )?)?wait for \\S+", "where", "up to");
        follow("(step (\\w+.*= )?)?wait for .+", "up to");
        follow("(step (\\w+.*= )?)?ask .+ of \\S+\\)", "up to");
        follow("(step (\\w+.*= )?)?ask .+[`\")\\w]", "of role", "of person");
        follow("(step (\\w+.*= )?)?split \\S+", "by");
        follow("once per \\S+", "within", "or after failure");
        follow("once per .+ within \\S+", "or after failure");
        follow("at most \\S+ at once per \\S+", "else skip", "else replace");
        follow("at most \\S+ at once", "per", "else skip", "else replace");
        follow("at most \\S+", "at once", "per");
        follow("mock .+ (returns|fails) .+ \\d+", "times");
        follow("mock .+ (returns|fails) .+", "then returns", "then fails", "times");
        follow("mock step \\w+|mock \\w+\\.\\w+|mock (ask|wait for \\S+)", "returns", "fails", "when");
        follow("expect run", "fails");
        follow("expect .+ never", "called");
        follow("expect .+ called \\S+", "times");
        follow("expect (step \\w+|\\w+\\.\\w+|ask)", "called", "never called");
        follow("after \\S+", "emit");
        follow("valid from \\S+|.*\\| valid from \\S+", "until");
        follow("\\|.*\\|\\|.*\\| valid", "from", "until");
    }

    private Keywords() {}

    private static void follow(String line, String... words) {
        FOLLOWERS.put(Pattern.compile(line), List.of(words));
    }

    /// The words that may begin a line there.
    static List<String> at(Position position) {
        String opener = position.opener();
        if (position.bracket() == ' ') {
            return DECLARATIONS;
        } else if (opener.startsWith("workflow ")) {
            return both(HEADS, STATEMENTS);
        } else if (opener.startsWith("test ")) {
            return PARTS;
        } else if (opener.startsWith("rules ")) {
            return SENTENCES;
        } else if (opener.startsWith("integration ")) {
            return INTEGRATION;
        } else if (opener.startsWith("settings") || opener.startsWith("type ")) {
            return List.of();
        } else if (opener.startsWith("policy ") || isCall(opener)) {
            return POLICIES;
        } else if (opener.matches("(step \\w+.*= )?switch\\b.*")) {
            return List.of("case", "else");
        } else if (opener.matches("(step \\w+.*= )?(parallel|race|split)\\b.*")) {
            return List.of();
        }
        return STATEMENTS;
    }

    /// A step's call, whose braces hold policies.
    private static boolean isCall(String opener) {
        return opener.endsWith(")") && opener.matches("(step (\\w+.*= )?|undo )\\w+(\\.\\w+)*\\(.*");
    }

    /// The words that follow what stands on the line, empty where others may, or a value has to come first.
    static List<String> after(String before) {
        if (WANTS_VALUE.matcher(before).find()) {
            return List.of();
        }
        for (var entry : FOLLOWERS.entrySet()) {
            if (entry.getKey().matcher(before).matches()) {
                return entry.getValue();
            }
        }
        return List.of();
    }

    private static List<String> both(List<String> a, List<String> b) {
        var all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
